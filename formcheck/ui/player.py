"""A small player with frame stepping and slow speeds, which Streamlit's own video does not have.

The clip travels inside the page's own connection (no address, no request) as one block of bytes:
four bytes with the length of a JSON header, the header, the MP4 file.
"""

import json
import struct
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import streamlit as st

from formcheck.settings.app import AppSettings

SPEEDS: Final = (0.1, 0.25, 0.5, 1.0)
_HTML: Final = """
<div class="player" tabindex="0" role="group">
  <video playsinline muted preload="auto"></video>
  <input class="seek" type="range" min="0" max="1000" value="0" aria-label="Place in the video">
  <div class="bar">
    <button class="back" type="button" aria-label="One picture back">&#8249; picture</button>
    <button class="play" type="button" aria-label="Play or pause">Play</button>
    <button class="next" type="button" aria-label="One picture forward">picture &#8250;</button>
    <label>Speed <select class="speed"></select></label>
    <span class="where" aria-live="off"></span>
  </div>
  <p class="help">Keys: <b>,</b> and <b>.</b> step one picture, <b>space</b> plays.</p>
</div>
"""
_CSS: Final = """
.player { outline: none; padding: 6px; font-family: var(--st-font, sans-serif); color: #1A1A1A; }
.player:focus-visible { box-shadow: 0 0 0 3px #1F6FB2; border-radius: 10px; }
video { max-width: 100%; max-height: min(70vh, 640px); background: #111; border-radius: 10px;
  display: block; margin: 0 auto; object-fit: contain; }
.seek { width: 100%; margin: .6rem 0 .3rem 0; accent-color: #1F6FB2; }
.bar { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
button, select { font: inherit; font-size: .95rem; padding: .4rem .8rem; border-radius: 8px;
  border: 1px solid #C6CED5; background: #fff; color: #1A1A1A; cursor: pointer; min-height: 40px; }
button:hover, select:hover { border-color: #1F6FB2; }
button:focus-visible, select:focus-visible { outline: 3px solid #1F6FB2; outline-offset: 1px; }
.where { margin-left: auto; color: #5F6B76; font-variant-numeric: tabular-nums; }
.help { color: #5F6B76; font-size: .88rem; margin: .4rem 0 0 0; }
@media (max-width: 640px) { .help { display: none; } }
"""
_JS: Final = """
export default function(component) {
  const { parentElement, data } = component;
  const root = parentElement.querySelector(".player");
  const video = root.querySelector("video");
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  if (root.dataset.clip === head.id) { return; }
  root.dataset.clip = head.id;
  const url = URL.createObjectURL(new Blob([bytes.slice(4 + size)], { type: "video/mp4" }));
  video.src = url;
  video.setAttribute("aria-label", head.alt);
  root.setAttribute("aria-label", head.alt);
  const speed = root.querySelector(".speed");
  speed.replaceChildren(...head.speeds.map((s) => new Option(s + "x", s, s === 1, s === 1)));
  const seek = root.querySelector(".seek");
  const where = root.querySelector(".where");
  const play = root.querySelector(".play");
  const frames = Math.max(1, head.frames);
  const inside = (n) => Math.min(frames - 1, Math.max(0, n));
  const now = () => inside(Math.floor(video.currentTime * head.fps + 1e-3));
  const show = () => {
    seek.value = String(Math.round(1000 * now() / Math.max(1, frames - 1)));
    where.textContent = "picture " + (now() + 1) + " of " + frames;
    play.textContent = video.paused ? "Play" : "Pause";
  };
  const at = (n) => {
    video.pause();
    video.currentTime = (inside(n) + 0.5) / head.fps;
  };
  const toggle = () => {
    if (video.ended) { video.currentTime = 0; }
    if (video.paused) { video.play(); } else { video.pause(); }
  };
  root.querySelector(".back").onclick = () => at(now() - 1);
  root.querySelector(".next").onclick = () => at(now() + 1);
  play.onclick = toggle;
  video.onclick = toggle;
  speed.onchange = () => { video.playbackRate = Number(speed.value); };
  seek.oninput = () => at(Math.round(Number(seek.value) / 1000 * (frames - 1)));
  root.onkeydown = (event) => {
    const key = event.key;
    if (key === ",") { at(now() - 1); }
    else if (key === ".") { at(now() + 1); }
    else if (key === " " && event.target === root) { toggle(); }
    else { return; }
    event.preventDefault();
    event.stopPropagation();
  };
  for (const name of ["timeupdate", "seeked", "play", "pause", "loadedmetadata", "ended"]) {
    video.addEventListener(name, show);
  }
  video.addEventListener("play", () => { video.playbackRate = Number(speed.value); });
  if (video.requestVideoFrameCallback) {
    const tick = () => { show(); video.requestVideoFrameCallback(tick); };
    video.requestVideoFrameCallback(tick);
  }
  show();
  return () => { URL.revokeObjectURL(url); delete root.dataset.clip; };
}
"""


def packed(path: Path, alt: str) -> bytes:
    """Return header and file as one block (see the module's first lines)."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        rate = stream.average_rate or Fraction(30)
        frames = stream.frames or round(
            float((stream.duration or 0) * (stream.time_base or 0) * rate)
        )
    head = {
        "id": f"{path.parent.parent.name}-{path.stat().st_mtime_ns}",
        "alt": alt,
        "fps": float(rate),
        "frames": frames,
        "speeds": SPEEDS,
    }
    text = json.dumps(head).encode()
    return struct.pack("<I", len(text)) + text + path.read_bytes()


def show(path: Path, alt: str, settings: AppSettings) -> None:
    """Show a clip; a very large one in Streamlit's own player."""
    if path.stat().st_size > settings.player_max_mb * 1_000_000:
        st.video(str(path), alt=alt, muted=True)
        return
    player = st.components.v2.component("formcheck_player", html=_HTML, css=_CSS, js=_JS)
    player(data=packed(path, alt), key=f"player_{path.parent.name}")
