// The player: stepping, slow speeds, keys, the curve with its cursor, captions.

export default function(component) {
  const { parentElement, data } = component;
  const root = parentElement.querySelector(".player");
  const { head, files } = unpack(data);
  if (root.dataset.clip === head.id) { return; }
  root.dataset.clip = head.id;
  root.setAttribute("aria-label", head.clips[0].alt);
  const find = (name) => root.querySelector(name);
  const clip = new Clip(find(".stage"), head.clips[0], files[0]);
  const { steps, curve } = head;
  const [video, play, seek, speed, where] =
    [clip.video, find(".play"), find(".seek"), find(".speed"), find(".where")];
  speed.replaceChildren(...head.speeds.map((s) => new Option(s + "x", s)));
  speed.value = String(head.speed);
  const rate = () => { video.playbackRate = Number(speed.value) * head.slow; };

  const at = (i) => { video.pause(); clip.at(i); };
  const go = (t, isStep) => at(isStep ? clip.nearest(t) : clip.indexAt(t));
  const drawn = new Curve(find(".curve"), clip, curve, steps, go);
  find(".title").textContent = curve ? curve.title : "Steps";
  find(".under").hidden = !curve && !steps.length;
  find(".lines").hidden = !head.clips[0].points;
  find(".line-key").hidden = !curve || new Set(curve.lines.map((l) => l.side)).size < 2;
  for (const name of [".step-back", ".step-next"]) { find(name).hidden = !steps.length; }

  const captions = video.addTextTrack("captions", "What happens", "en");
  captions.mode = "hidden";
  for (const [from, to, text] of head.cues) { captions.addCue(new VTTCue(from, to, text)); }
  const caption = find(".caption");
  caption.hidden = !head.cues.length;

  const show = () => {
    seek.value = String(clip.index);
    where.textContent = `picture ${clip.index + 1} of ${clip.last + 1} · `
      + `${clip.now.toFixed(2)} s`;
    play.textContent = video.paused ? "Play" : "Pause";
    // a picture may be half its length before the moment it shows
    const t = clip.now;
    const active = head.cues.filter(([from, to]) => from <= t + 0.012 && t < to).map((c) => c[2]);
    caption.textContent = active.join(" · ") || "\u00a0";
    drawn.show();
  };
  clip.onframe = show;
  seek.max = String(clip.last);
  seek.oninput = () => at(Number(seek.value));

  const toggle = () => {
    if (video.ended || clip.index === clip.last) { video.currentTime = 0; }
    if (video.paused) { rate(); video.play(); } else { video.pause(); }
  };
  const jump = (by) => {
    const t = clip.now;
    const ahead = by > 0 ? steps.filter((s) => s.t > t + 0.012) : steps.filter((s) => s.t < t - 0.012);
    const to = by > 0 ? ahead[0] : ahead[ahead.length - 1];
    if (to) { go(to.t, true); }
  };
  const pace = (by) => {
    const i = Math.min(head.speeds.length - 1, Math.max(0, speed.selectedIndex + by));
    speed.selectedIndex = i;
    rate();
  };
  play.onclick = toggle;
  video.onclick = toggle;
  speed.onchange = rate;
  video.addEventListener("play", () => { rate(); show(); });
  find(".back").onclick = () => at(clip.index - 1);
  find(".next").onclick = () => at(clip.index + 1);
  find(".step-back").onclick = () => jump(-1);
  find(".step-next").onclick = () => jump(1);
  find(".lines input").onchange = (event) => { clip.lines = event.target.checked; clip.draw(); };

  const keys = {
    ",": () => at(clip.index - 1), ".": () => at(clip.index + 1),
    ArrowLeft: () => at(clip.index - 1), ArrowRight: () => at(clip.index + 1),
    "[": () => jump(-1), "]": () => jump(1), "-": () => pace(-1), "+": () => pace(1),
    Home: () => at(0), End: () => at(clip.last), " ": toggle, k: toggle,
  };
  root.onkeydown = (event) => onKeys(event, root, keys);
  show();
  return () => { clip.close(); drawn.close(); delete root.dataset.clip; };
}
