"""The app's own style sheet: small, on hooks that Streamlit keeps stable (keys of containers)."""

from typing import Final

import streamlit as st

CSS: Final = """<style>
.stMainBlockContainer, [data-testid="stMainBlockContainer"] {
  max-width: 1080px; padding-top: 4.6rem; padding-bottom: 3rem;
}
[data-testid="stHeading"] h1 { font-size: 1.95rem; line-height: 1.22; padding: .3rem 0 .2rem 0;
  text-wrap: balance; }
[data-testid="stHeading"] h2 { font-size: 1.25rem; padding: .6rem 0 .45rem 0; }
[data-testid="stHeading"] h3 { font-size: 1.15rem; }
.fc-title { margin: 0; padding: 0; font-size: 1.2rem; }
.st-key-poster img { max-height: 62vh; width: auto; max-width: 100%; object-fit: contain; }
.st-key-key_frames img { max-height: 58vh; object-fit: contain; }
.st-key-key_frames [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; gap: .6rem; }
.st-key-key_frames [data-testid="stColumn"] { min-width: 0; flex: 1 1 0; }
.st-key-consult_bar { position: fixed; top: 3.75rem; left: 0; right: 0; z-index: 900;
  background: #14324d; padding: .35rem 1.2rem; }
.st-key-consult_bar p { color: #fff; margin: 0; }
.st-key-consult_bar button p { color: inherit; }
.st-key-consult_bar [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.stMainBlockContainer:has(.st-key-consult_bar) { padding-top: 8.2rem; }
@media (max-width: 640px) {
  .stMainBlockContainer:has(.st-key-consult_bar) { padding-top: 11.4rem; }
  .st-key-result_top [data-testid="stColumn"]:has(.fc-card) { order: -1; }
}
.fc-lead { font-size: 1.15rem; line-height: 1.5; color: #37424c; max-width: 46rem; margin: 0; }
.fc-privacy { display: flex; gap: .55rem; align-items: center; font-size: .98rem;
  background: #EAF2F9; border-radius: 10px; padding: .6rem .85rem; color: #14324d; }
.fc-badge { margin-left: auto; flex: none; border: 1.5px solid #1F6FB2; border-radius: 999px;
  padding: .05rem .6rem; font-size: .85rem; font-weight: 600; background: #fff; }
.fc-tile { display: flex; gap: .8rem; align-items: flex-start; }
.fc-tile h2 { margin: 0; padding: 0; font-size: 1.1rem; line-height: 1.3; }
.fc-tile p { margin: .1rem 0 0 0; color: #37424c; line-height: 1.4; }
.fc-three { display: flex; flex-wrap: wrap; gap: .2rem 1.3rem; margin: .4rem 0; color: #37424c; }
.fc-three span { white-space: nowrap; }
.fc-test .fc-wide { max-width: none; }
.fc-nine { columns: 2; column-gap: 2rem; } .fc-nine li { break-inside: avoid; }
.fc-icon { flex: none; vertical-align: -3px; }
.fc-chip { display: inline-flex; gap: .35rem; align-items: center; border-radius: 999px;
  padding: .1rem .6rem .1rem .3rem; font-size: .85rem; font-weight: 600; white-space: nowrap;
  border: 1.5px solid #5F6B76; color: #1A1A1A; background: #fff; }
.fc-usual { border-color: #1F6FB2; } .fc-watch { border-color: #F0A202; }
.fc-outside { border-color: #A4161A; }
ul.fc-lines, ol.fc-steps { list-style: none; margin: 0; padding: 0; }
ul.fc-lines > li, ol.fc-steps > li { margin-left: 0; }
.fc-line { display: flex; gap: .55rem; align-items: flex-start; margin: 0 0 .55rem 0;
  padding: 0; line-height: 1.4; }
.fc-line .fc-icon { margin-top: .12rem; }
.fc-facts { color: #5F6B76; font-size: .95rem; margin: 0; overflow-wrap: anywhere; }
.fc-steps { font-size: 1.02rem; }
.fc-steps li { display: flex; gap: .6rem; align-items: center; margin: .35rem 0; color: #5F6B76; }
.fc-steps li.now { color: #1A1A1A; font-weight: 600; } .fc-steps li.done { color: #1A1A1A; }
.fc-dot { width: 18px; height: 18px; border-radius: 50%; border: 2px solid #9aa5af; flex: none; }
.now .fc-dot { border-color: #1F6FB2; border-top-color: transparent;
  animation: fc-turn 1s linear infinite; }
@keyframes fc-turn { to { transform: rotate(360deg); } }
@media (prefers-reduced-motion: reduce) { .now .fc-dot { animation: none; } }
.fc-card { border: 1px solid #DFE4E8; border-radius: 12px; padding: 1rem 1.1rem; background: #fff; }
.fc-card + .fc-card { margin-top: .8rem; }
.fc-card p { margin: .35rem 0 0 0; line-height: 1.5; }
.fc-card h2 { margin: .5rem 0 0 0; padding: 0; font-size: 1.12rem; line-height: 1.35;
  text-wrap: balance; }
.fc-sure { color: #5F6B76; font-size: .92rem; }
.fc-banner { display: flex; gap: .7rem; align-items: flex-start; border-radius: 10px;
  border: 1.5px solid #F0A202; background: #FFF8E8; padding: .7rem .9rem; line-height: 1.45;
  color: #1A1A1A; }
.fc-banner.urgent { border-color: #A4161A; background: #FDF0F0; }
.fc-banner .fc-icon { margin-top: .15rem; }
.fc-measure { border-top: 1px solid #E6EAED; padding: .9rem 0; }
.fc-measure h3 { margin: 0 0 .1rem 0; padding: 0; font-size: 1.02rem; }
.fc-row { display: grid; grid-template-columns: 6.4rem 9.5rem minmax(0, 1fr) 11.5rem;
  gap: .2rem .8rem; align-items: center; padding: .2rem 0; }
.fc-row .fc-value { font-size: 1.12rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.fc-row.fc-unsure .fc-value { color: #5F6B76; font-weight: 500; }
.fc-wide { width: 100%; max-width: 26rem; height: auto; display: block; }
.fc-row .fc-n { color: #5F6B76; font-size: .88rem; grid-column: 2 / -1; }
.fc-row .fc-side { color: #37424c; }
.fc-change { display: grid; grid-template-columns: minmax(0, 1fr) 13rem 10.5rem;
  align-items: center; gap: .15rem .9rem; border-top: 1px solid #E6EAED; padding: .6rem 0; }
.fc-change .fc-name { font-weight: 600; }
.fc-change .fc-value { font-variant-numeric: tabular-nums; font-size: 1.05rem; }
.fc-change .fc-n { grid-column: 1 / -1; color: #4a5661; font-size: .9rem; }
.fc-note { color: #5F6B76; font-size: .9rem; margin: .1rem 0 0 0; line-height: 1.4; }
.fc-foot { color: #5F6B76; font-size: .85rem; line-height: 1.5; border-top: 1px solid #E6EAED;
  padding-top: .8rem; margin-top: 1.6rem; }
.fc-scroll { overflow-x: auto; } .fc-table { border-collapse: collapse; width: 100%; }
.fc-table th, .fc-table td { text-align: left; padding: .45rem .7rem; vertical-align: top;
  border-bottom: 1px solid #E6EAED; font-weight: 400; }
.fc-table th { font-weight: 600; } .fc-table td { white-space: nowrap; }
ul.fc-can { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap;
  gap: .25rem 1.1rem; } ul.fc-can > li { margin: 0; padding: 0; }
.fc-struck { color: #5F6B76; }
.fc-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
.st-key-first_look img { max-height: 52vh; width: auto; max-width: 100%; object-fit: contain; }
.fc-kept dt { font-weight: 600; padding-top: .4rem; }
dl.fc-kept { margin: 0; padding: 0; } dl.fc-kept > * { margin-left: 0; }
.fc-kept dd { color: #37424c; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  [data-testid="stHeading"] h1 { font-size: 1.5rem; }
  .stMainBlockContainer, [data-testid="stMainBlockContainer"] { padding-top: 4rem;
    padding-left: 1rem; padding-right: 1rem; }
  .st-key-consult_bar { position: fixed; top: 3.75rem; left: 0; right: 0; z-index: 900;
  background: #14324d; padding: .35rem 1.2rem; }
.st-key-consult_bar p { color: #fff; margin: 0; }
.st-key-consult_bar button p { color: inherit; }
.st-key-consult_bar [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.stMainBlockContainer:has(.st-key-consult_bar) { padding-top: 8.2rem; }
@media (max-width: 640px) {
  .stMainBlockContainer:has(.st-key-consult_bar) { padding-top: 11.4rem; }
  .st-key-result_top [data-testid="stColumn"]:has(.fc-card) { order: -1; }
}
.fc-lead { font-size: 1.05rem; } .fc-nine { columns: 1; } .fc-badge { margin-left: 0; }
  .fc-privacy { flex-wrap: wrap; } .fc-privacy > span:first-of-type { flex: 1; }
  .st-key-poster img { max-height: 44vh; }
  .fc-row { grid-template-columns: 1fr auto; }
  .fc-change { grid-template-columns: 1fr auto; }
  .fc-change .fc-name { grid-column: 1 / -1; }
  .fc-row .fc-side { grid-column: 1 / -1; font-weight: 600; }
  .fc-row .fc-strip { grid-column: 1 / -1; grid-row: 3; }
  .fc-row .fc-n { grid-column: 1 / -1; }
  .fc-stack tr:first-child { display: none; }
  .fc-stack, .fc-stack tbody, .fc-stack tr, .fc-stack td { display: block; }
  .fc-table.fc-stack tr { border-bottom: 1px solid #E6EAED; padding: .5rem 0; }
  .fc-table.fc-stack td { border: 0; padding: .08rem 0; white-space: normal; }
  .fc-stack td:first-child { font-weight: 600; }
  .fc-stack td[data-label]::before { content: attr(data-label) ": "; color: #5F6B76; }
}
</style>"""


def apply() -> None:
    """Put the style sheet into the page."""
    st.html(CSS)
