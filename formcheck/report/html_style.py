"""The style sheet of the HTML report: system fonts, prints on A4 and Letter, reads in greyscale."""

from typing import Final

CSS: Final = """
:root{--ink:#1A1A1A;--soft:#5F6B76;--line:#C9D1D8;--zone:#EEF1F4}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;
  font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1080px;margin:0 auto;padding:20px 16px 40px}
h1{font-size:1.5rem;line-height:1.25;margin:.2em 0 .5em}
h2{font-size:1.15rem;margin:1.8em 0 .6em;border-bottom:2px solid var(--line);padding-bottom:.2em}
h3{font-size:1rem;margin:0 0 .25em}
p{margin:.4em 0}
.kicker{color:var(--soft);font-size:.85rem;margin:0}
.facts{display:flex;flex-wrap:wrap;gap:.25em 1.4em;margin:.6em 0;padding:0;font-size:.9rem}
.facts div{display:flex;gap:.4em;min-width:0}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
.chip{display:inline-flex;align-items:center;gap:.35em;border-radius:.3em;padding:.05em .5em;
  font-size:.85rem;font-weight:600;white-space:nowrap}
.chip svg{width:1em;height:1em;flex:none}
.usual{background:#1F6FB2;color:#fff}.watch{background:#F0A202;color:#1A1A1A}
.outside{background:#A4161A;color:#fff}
.none{background:#fff;color:#5F6B76;outline:1px dashed #5F6B76;outline-offset:-1px}
.findings{display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(260px,1fr))}
.card{border:1px solid var(--line);border-radius:8px;padding:12px 14px;break-inside:avoid}
.card p{margin:.35em 0 0}
.try{border-left:3px solid var(--ink);padding-left:.6em}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:16px}
.sides.one{grid-template-columns:1fr}
.sides.one .shots{grid-template-columns:repeat(auto-fill,minmax(250px,1fr))}
.shots{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:12px}
figure{margin:0;break-inside:avoid}
figure img{width:100%;height:auto;border-radius:6px;display:block;background:#111}
figcaption{font-size:.85rem;margin-top:.3em}
video{max-width:100%;max-height:560px;background:#111;border-radius:6px;display:block}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:7px 8px;border-bottom:1px solid var(--line)}
thead th{font-size:.8rem;color:var(--soft);font-weight:600;border-bottom:2px solid var(--line)}
tbody th{font-weight:600}
.measures{table-layout:fixed}
td.num{overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.value{font-weight:700}
.dim{color:var(--soft)}
.small{font-size:.82rem;color:var(--soft);font-weight:400}
.plot svg{max-width:100%;height:auto;display:block}
.plots{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(300px,1fr))}
.dots svg{width:100%;max-width:350px;height:auto}
details summary{cursor:pointer;font-size:.85rem;color:var(--soft)}
.why td{padding-top:0;border-bottom:1px solid var(--line)}
.why details p{font-size:.85rem;color:var(--soft)}
tr:has(+ .why)>*{border-bottom:0}
ul{margin:.4em 0;padding-left:1.2em}
.notice{background:var(--zone);border-radius:8px;padding:10px 14px;margin-top:1.6em}
.symptoms{background:#fff;border:2px solid #F0A202;font-weight:600;break-inside:avoid}
.plan{break-inside:avoid}
.lines{margin:.4em 0}.lines div{display:flex;gap:1em;padding:.25em 0}
.lines dt{color:var(--soft);flex:0 0 8em}.lines dd{margin:0;flex:1}.lines .blank{width:100%}
.wide{overflow-x:auto}.steps th,.steps td{padding:3px 6px;white-space:nowrap;font-size:.82rem}
.blank{display:inline-block;min-width:7em;border-bottom:1px solid var(--ink)}
@media (max-width:640px){
  .sides{grid-template-columns:1fr}.shots,.sides.one .shots{grid-template-columns:1fr 1fr}
  .measures colgroup{display:none}
  .measures thead{position:absolute;left:-9999px}
  .measures,.measures tbody,.measures tr,.measures td,.measures th{display:block;width:auto}
  .measures tr{border:1px solid var(--line);border-radius:8px;margin:0 0 10px;padding:6px 4px}
  .measures td,.measures th{border:0;padding:3px 8px}
  .measures tr:has(+ .why){margin-bottom:0;border-bottom:0;border-radius:8px 8px 0 0}
  .measures .why{border-top:0;border-radius:0 0 8px 8px}
  .measures td[data-label]:not(:empty)::before{content:attr(data-label) ": ";color:var(--soft);
    font-weight:400}
  td.num{white-space:normal}
}
@page{margin:12mm}
@media print{
  body{font-size:10pt}main{max-width:none;padding:0}
  h1{font-size:15pt}h2{font-size:12pt;margin-top:1.2em;break-after:avoid}
  video,.screen,figure.screen{display:none}
  .shots{grid-template-columns:repeat(4,1fr);gap:6px}
  .sides{gap:8px}.sides .shots{grid-template-columns:repeat(2,1fr)}
  .sides.one .shots{grid-template-columns:repeat(4,1fr)}
  .measures{font-size:8.5pt}.also .why,.also .small{display:none}.chip{font-size:7.5pt}
  .facts,.lines,.small,figcaption{font-size:8pt}
  tr{break-inside:avoid}.card,th .small{font-size:8pt}
  h2{break-after:avoid}h2+p{break-after:avoid}
  .usual,.watch,.outside{background:#fff;color:#1A1A1A;outline:1px solid #1A1A1A}
  details::details-content{content-visibility:visible;height:auto}
}
"""
