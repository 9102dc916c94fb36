// Two clips in step: the n-th landing of a foot in one is shown with the n-th in the other.
// The later clip leads; the earlier one follows through a line from landing to landing.

class Map1 {
  constructor(from, to) {
    this.from = from;
    this.to = to;
  }

  // piecewise straight; before the first and after the last landing both run at the same pace
  at(t) {
    const { from, to } = this;
    if (!from.length) { return t; }
    const last = from.length - 1;
    if (t <= from[0]) { return to[0] + (t - from[0]); }
    if (t >= from[last]) { return to[last] + (t - from[last]); }
    let i = 0;
    while (t > from[i + 1]) { i += 1; }
    return to[i] + (t - from[i]) * (to[i + 1] - to[i]) / (from[i + 1] - from[i]);
  }
}

export default function(component) {
  const { parentElement, data } = component;
  const root = parentElement.querySelector(".pair");
  const { head, files } = unpack(data);
  if (root.dataset.clip === head.id) { return; }
  root.dataset.clip = head.id;
  root.setAttribute("aria-label", head.label);
  const find = (name) => root.querySelector(name);
  const stages = root.querySelectorAll(".stage");
  const words = root.querySelectorAll("figcaption");
  const clips = head.clips.map((about, i) => {
    words[i].textContent = about.title;
    return new Clip(stages[i], about, files[i]);
  });
  const [earlier, now] = clips;
  const [play, seek, speed, side] = [find(".play"), find(".seek"), find(".speed"), find(".side")];
  speed.replaceChildren(...head.speeds.map((s) => new Option(s + "x", s)));
  speed.value = String(head.speed);
  side.replaceChildren(...head.sides.map((s) => new Option(s.words, s.side)));
  find(".sync").hidden = head.sides.length < 2;

  let follow = new Map1([], []);
  let back = new Map1([], []);
  let marks = [];
  let drawn = null;
  const rate = () => Number(speed.value);

  // how the earlier clip is shown at the later one's picture
  const place = () => {
    const to = Math.min(earlier.length, Math.max(0, follow.at(now.now)));
    return earlier.nearest(to);
  };
  const meet = () => { const i = place(); if (i !== earlier.index) { earlier.at(i); } };
  const at = (i) => { now.video.pause(); now.at(i); };

  const show = () => {
    seek.value = String(now.index);
    play.textContent = now.video.paused ? "Play" : "Pause";
    const n = marks.findIndex((t) => Math.abs(t - now.now) < 0.012);
    const passed = marks.filter((t) => t <= now.now + 0.012).length;
    const which = head.sides.find((s) => s.side === side.value);
    find(".caption").textContent = !marks.length ? "\u00a0"
      : `${n >= 0 ? "At" : "After"} ${which ? which.words : "step"} ${Math.max(1, passed)} `
        + `of ${marks.length} in both`;
    if (drawn) { drawn.show(); }
  };

  now.onframe = () => {
    if (now.video.paused) { meet(); show(); return; }
    const wanted = follow.at(now.now);
    const slope = (follow.at(now.now + 0.05) - wanted) / 0.05;
    const error = earlier.video.currentTime - wanted;
    if (wanted < 0 || wanted > earlier.length || Math.abs(error) > 0.15) { meet(); }
    else {
      // half of what is off is made good within a quarter of a second
      const pace = rate() * Math.min(2, Math.max(0.4, slope - 2 * error));
      earlier.video.playbackRate = Math.min(4, Math.max(0.0625, pace));
      if (earlier.video.paused) { earlier.video.play(); }
    }
    show();
  };

  const layout = () => {
    const own = (clip) => clip.about.steps.filter((s) => s.side === side.value).map((s) => s.t);
    const [a, b] = clips.map(own);
    const n = Math.min(a.length, b.length);
    follow = new Map1(b.slice(0, n), a.slice(0, n));
    back = new Map1(a.slice(0, n), b.slice(0, n));
    marks = b.slice(0, n);
    const lines = [];
    const [old, recent] = clips.map((c) => c.about.curve);
    const mine = (line) => !head.sides.length || side.value === "both"
      || line.side === side.value;
    if (recent) { recent.lines.filter(mine).forEach((l) => lines.push({ ...l, dashed: false })); }
    if (old && (!recent || recent.key === old.key)) {
      old.lines.filter(mine).forEach((l) =>
        lines.push({ ...l, t: l.t.map((t) => back.at(t)), dashed: true }));
    }
    if (drawn) { drawn.close(); }
    const steps = marks.map((t) => ({ t, side: side.value }));
    const curve = lines.length ? { ...(recent || old), lines } : null;
    drawn = new Curve(find(".curve"), now, curve, steps,
      (t, isStep) => at(isStep ? now.nearest(t) : now.indexAt(t)));
    find(".title").textContent = curve ? curve.title : "Steps";
    find(".line-key").hidden = !curve;
    find(".under").hidden = !curve && !steps.length;
    for (const name of [".step-back", ".step-next"]) { find(name).hidden = !steps.length; }
    if (marks.length) { at(now.nearest(marks[0])); }
    show();
  };

  const toggle = () => {
    if (now.video.ended || now.index === now.last) { now.video.currentTime = 0; }
    if (now.video.paused) {
      now.video.playbackRate = rate();
      now.video.play();
    } else { now.video.pause(); }
  };
  const jump = (by) => {
    const ahead = by > 0 ? marks.filter((t) => t > now.now + 0.012)
      : marks.filter((t) => t < now.now - 0.012);
    const to = by > 0 ? ahead[0] : ahead[ahead.length - 1];
    if (to !== undefined) { at(now.nearest(to)); }
  };
  const pace = (by) => {
    speed.selectedIndex = Math.min(head.speeds.length - 1, Math.max(0, speed.selectedIndex + by));
    now.video.playbackRate = rate();
  };
  now.video.addEventListener("pause", () => { earlier.video.pause(); meet(); show(); });
  earlier.onframe = () => {
    root.dataset.apart = String(earlier.now - follow.at(now.now));
  };
  earlier.video.addEventListener("seeked", () => { if (now.video.paused) { meet(); } });
  play.onclick = toggle;
  speed.onchange = () => { now.video.playbackRate = rate(); };
  side.onchange = layout;
  seek.max = String(now.last);
  seek.oninput = () => at(Number(seek.value));
  find(".back").onclick = () => at(now.index - 1);
  find(".next").onclick = () => at(now.index + 1);
  find(".step-back").onclick = () => jump(-1);
  find(".step-next").onclick = () => jump(1);
  find(".lines input").onchange = (event) => {
    for (const clip of clips) { clip.lines = event.target.checked; clip.draw(); }
  };
  const keys = {
    ",": () => at(now.index - 1), ".": () => at(now.index + 1),
    ArrowLeft: () => at(now.index - 1), ArrowRight: () => at(now.index + 1),
    "[": () => jump(-1), "]": () => jump(1), "-": () => pace(-1), "+": () => pace(1),
    Home: () => at(0), End: () => at(now.last), " ": toggle,
  };
  root.onkeydown = (event) => onKeys(event, root, keys);
  layout();
  return () => {
    for (const clip of clips) { clip.close(); }
    if (drawn) { drawn.close(); }
    delete root.dataset.clip;
  };
}
