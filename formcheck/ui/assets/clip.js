// One clip with the body drawn over it; shared by the player and by the comparison.
// Times are seconds since the clip's first picture.

function unpack(data) {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  let from = 4 + size;
  const files = head.clips.map((clip) => {
    const file = new Blob([bytes.slice(from, from + clip.bytes)], { type: "video/mp4" });
    from += clip.bytes;
    return file;
  });
  return { head, files };
}

class Clip {
  constructor(stage, about, file) {
    this.about = about;
    this.times = about.times;
    this.video = stage.querySelector("video");
    this.canvas = stage.querySelector("canvas");
    this.lines = true;
    this.index = 0;
    this.onframe = () => {};
    this.url = URL.createObjectURL(file);
    this.video.src = this.url;
    this.video.setAttribute("aria-label", about.alt);
    const seen = (media) => { this.index = this.indexAt(media); this.draw(); this.onframe(); };
    if (this.video.requestVideoFrameCallback) {
      const tick = (_now, frame) => {
        seen(frame.mediaTime);
        this.video.requestVideoFrameCallback(tick);
      };
      this.video.requestVideoFrameCallback(tick);
    }
    for (const name of ["seeked", "timeupdate", "loadeddata", "pause", "ended"]) {
      this.video.addEventListener(name, () => seen(this.video.currentTime));
    }
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this.video);
  }

  get last() { return this.times.length - 1; }
  get now() { return this.times[this.index]; }
  get length() { return this.times[this.last]; }

  indexAt(t) {
    let low = 0;
    let high = this.last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.times[middle] <= t + 0.002) { low = middle; } else { high = middle - 1; }
    }
    return low;
  }

  // the picture whose time is nearest
  nearest(t) {
    const i = this.indexAt(t);
    return i < this.last && this.times[i + 1] - t < t - this.times[i] ? i + 1 : i;
  }

  // half-way into the picture, so that rounding never shows its neighbour
  at(i) {
    const n = Math.min(this.last, Math.max(0, i));
    const next = n < this.last ? this.times[n + 1] : this.times[n] + 0.02;
    this.video.currentTime = this.times[n] + 0.4 * (next - this.times[n]);
  }

  draw() {
    const points = this.about.points && this.about.points[this.index];
    const scale = window.devicePixelRatio || 1;
    const box = this.video.getBoundingClientRect();
    const w = Math.round(box.width * scale);
    const h = Math.round(box.height * scale);
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w;
      this.canvas.height = h;
      this.canvas.style.width = box.width + "px";
      this.canvas.style.height = box.height + "px";
      this.canvas.style.left = this.video.offsetLeft + "px";
      this.canvas.style.top = this.video.offsetTop + "px";
    }
    const ink = this.canvas.getContext("2d");
    ink.clearRect(0, 0, w, h);
    if (!points || !this.lines || !w) { return; }
    const [vw, vh] = this.about.size_px;
    const k = Math.min(w / vw, h / vh);
    const dx = (w - vw * k) / 2;
    const dy = (h - vh * k) / 2;
    const place = (j) => (points[2 * j] === null ? null
      : [points[2 * j] * k + dx, points[2 * j + 1] * k + dy]);
    const sure = this.about.sure[this.index];
    const unit = Math.max(1.2, Math.min(h, 1.25 * w) / 360);
    for (const [width, colour] of [[3.2 * unit, "#000"], [1.6 * unit, "#F5F5F5"]]) {
      ink.strokeStyle = colour;
      ink.lineWidth = width;
      ink.lineCap = "round";
      for (const [a, b] of this.about.bones) {
        const p = place(a);
        const q = place(b);
        if (!p || !q) { continue; }
        ink.setLineDash(sure[a] === "1" && sure[b] === "1" ? [] : [4 * unit, 4 * unit]);
        ink.beginPath();
        ink.moveTo(...p);
        ink.lineTo(...q);
        ink.stroke();
      }
    }
    ink.setLineDash([]);
    this.about.names.forEach((name, j) => this.joint(ink, name, place(j), sure[j] === "1", unit));
  }

  // left joints round, right joints square; an unsure one is hollow
  joint(ink, name, p, sure, unit) {
    if (!p) { return; }
    const r = 2.6 * unit;
    ink.beginPath();
    if (name.startsWith("right")) { ink.rect(p[0] - r, p[1] - r, 2 * r, 2 * r); }
    else { ink.arc(p[0], p[1], r, 0, 2 * Math.PI); }
    ink.lineWidth = 1.2 * unit;
    ink.strokeStyle = "#000";
    ink.fillStyle = sure ? "#F5F5F5" : "rgba(0,0,0,.35)";
    ink.fill();
    ink.stroke();
    if (name.endsWith("ankle")) {
      ink.font = `700 ${12 * unit}px sans-serif`;
      ink.lineWidth = 3 * unit;
      const x = p[0] + 6 * unit;
      ink.strokeText(name[0].toUpperCase(), x, p[1] + 4 * unit);
      ink.fillStyle = "#F5F5F5";
      ink.fillText(name[0].toUpperCase(), x, p[1] + 4 * unit);
    }
  }

  close() {
    this.watch.disconnect();
    URL.revokeObjectURL(this.url);
  }
}

const SVG_NS = "http://www.w3.org/2000/svg";
function svg(name, attributes, parent) {
  const made = document.createElementNS(SVG_NS, name);
  for (const [key, value] of Object.entries(attributes)) { made.setAttribute(key, value); }
  if (parent) { parent.appendChild(made); }
  return made;
}

// keys of the player; those that a focused control needs itself are left to it
function onKeys(event, root, keys) {
  const own = event.target !== root && event.target.matches("button, select, input");
  if (own && (event.key === " " || event.key.startsWith("Arrow"))) { return; }
  if (event.target.matches("select") || event.ctrlKey || event.metaKey || event.altKey) { return; }
  const action = keys[event.key];
  if (!action) { return; }
  action();
  event.preventDefault();
  event.stopPropagation();
}
