// The curve under a video: steps to click, a cursor in step with the picture.

const TOP = 26; // room for the steps above the curve, px
const TALL = 118;
const LEFT = 34; // room for the scale, px
const PX_PER_S = 64; // a step is never narrower than a fingertip

class Curve {
  constructor(holder, clip, curve, steps, go) {
    this.holder = holder;
    this.clip = clip;
    this.curve = curve;
    this.steps = steps;
    this.go = go;
    this.width = 0;
    this.watch = new ResizeObserver(() => this.lay());
    this.watch.observe(holder);
    this.lay();
  }

  lay() {
    const width = Math.round(this.holder.clientWidth);
    if (!width || width === this.width) { return; }
    this.width = width;
    this.span = Math.min(this.clip.length || 1, (width - LEFT - 8) / PX_PER_S);
    this.scale = (width - LEFT - 8) / this.span;
    this.root = svg("svg", {
      viewBox: `0 0 ${width} ${TALL}`, width, height: TALL, "aria-hidden": "true",
    });
    const id = "cut" + Math.random().toString(36).slice(2);
    const cut = svg("clipPath", { id }, this.root);
    svg("rect", { x: LEFT - 6, y: 0, width: width - LEFT + 6, height: TALL }, cut);
    const inside = svg("g", { "clip-path": `url(#${id})` }, this.root);
    this.moving = svg("g", {}, inside);
    if (this.curve) { this.axis(); this.paths(); }
    this.marks = this.steps.map((s) => this.mark(s));
    this.cursor = svg("path", { stroke: "#1F6FB2", "stroke-width": 2, fill: "none" }, this.root);
    this.root.addEventListener("click", (event) => {
      const x = event.clientX - this.root.getBoundingClientRect().left;
      const hit = event.target.closest("[data-step]");
      if (hit) { this.go(this.steps[Number(hit.dataset.step)].t, true); }
      else { this.go(this.from + (x - LEFT) / this.scale, false); }
    });
    this.holder.replaceChildren(this.root);
    this.show();
  }

  axis() {
    const all = this.curve.lines.flatMap((line) => line.y);
    let low = Math.min(...all);
    let high = Math.max(...all);
    const room = Math.max(0.08 * (high - low), 0.5);
    low -= room;
    high += room;
    this.y = (v) => TOP + (TALL - TOP - 6) * (1 - (v - low) / (high - low));
    const step = [1, 2, 5, 10, 20, 50, 100].find((s) => (high - low) / s <= 5) || 200;
    for (let v = Math.ceil(low / step) * step; v <= high; v += step) {
      const y = this.y(v).toFixed(1);
      const strong = v === 0 ? "#9aa5af" : "#E3E8EC";
      svg("path", { d: `M${LEFT} ${y}H${this.width}`, stroke: strong }, this.root);
      const text = svg("text", {
        x: LEFT - 6, y: Number(y) + 4, "text-anchor": "end", "font-size": 12, fill: "#4a5661",
      }, this.root);
      text.textContent = String(v).replace("-", "\u2212");
    }
  }

  paths() {
    for (const line of this.curve.lines) {
      const d = line.t.map((t, i) =>
        (i ? "L" : "M") + (t * this.scale).toFixed(1) + " " + this.y(line.y[i]).toFixed(1)).join("");
      const path = svg("path", {
        d, fill: "none", stroke: "#26323c", "stroke-width": 1.8, "stroke-linejoin": "round",
      }, this.moving);
      const dashed = line.dashed === undefined ? line.side === "right" : line.dashed;
      if (dashed) { path.setAttribute("stroke-dasharray", "6 3"); }
    }
  }

  mark(step) {
    const x = step.t * this.scale;
    const group = svg("g", { "data-step": this.steps.indexOf(step), cursor: "pointer" }, this.moving);
    svg("rect", { x: x - 12, y: 0, width: 24, height: TOP, fill: "transparent" }, group);
    svg("path", { d: `M${x} ${TOP - 4}V${TALL - 4}`, stroke: "#C6CED5" }, group);
    const look = { fill: "#fff", stroke: "#26323c", "stroke-width": 1.4 };
    if (step.side === "right") {
      svg("rect", { x: x - 8, y: 3, width: 16, height: 16, ...look }, group);
    } else { svg("circle", { cx: x, cy: 11, r: 8.5, ...look }, group); }
    const letter = svg("text", {
      x, y: 15.2, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: "#26323c",
    }, group);
    letter.textContent = step.side === "both" ? "B" : step.side[0].toUpperCase();
    return group;
  }

  // the window follows the picture shown
  show() {
    if (!this.width) { return; }
    const t = this.clip.now || 0;
    const most = Math.max(0, this.clip.length - this.span);
    this.from = Math.min(most, Math.max(0, t - this.span / 2));
    this.moving.setAttribute("transform", `translate(${LEFT - this.from * this.scale} 0)`);
    const x = (LEFT + (t - this.from) * this.scale).toFixed(1);
    this.cursor.setAttribute("d", `M${x} 2V${TALL - 2}`);
    this.cursor.dataset.time = String(t);
    const near = this.steps.findIndex((s) => Math.abs(s.t - t) < 0.012);
    this.marks.forEach((m, i) => {
      m.children[2].setAttribute("fill", i === near ? "#CFE3F5" : "#fff");
    });
  }

  close() { this.watch.disconnect(); }
}

