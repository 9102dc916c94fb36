"""The graded plan: this week, what comes next and why, the stages, edits by a professional."""

from datetime import datetime

import streamlit as st

from formcheck.errors import FormcheckError
from formcheck.plan import (
    SOURCES,
    STAGES,
    PlanState,
    Proposal,
    Stage,
    begin,
    edit,
    propose,
    reach_of,
    read_plan,
    take,
    write_plan,
)
from formcheck.plan.stages import GENERAL, STAGE_IDS, STOP_AND_WALK
from formcheck.readiness import Outcome
from formcheck.ui import feeling, journal, state
from formcheck.ui.chips import Mark, chip, lines
from formcheck.ui.chips import line as chip_line
from formcheck.ui.shell import trouble
from formcheck.ui.testing import title_of
from formcheck.ui.text import esc, plain


def show(at: datetime) -> None:
    """Draw the plan."""
    found = journal.outcome()
    if found is None:
        st.info("Answer the questions first: the plan follows them.")
        return
    st.caption(plain(GENERAL))
    plan = read_plan(journal.load().plan_json)
    if plan is None:
        _begin(found, at)
        return
    proposal = _proposal(plan, found, at)
    if proposal.see:  # a stop, or a talk first: before anything that could be done
        _next(plan, proposal)
    _week(plan, at)
    if not proposal.see:
        _next(plan, proposal)
    _stages(plan)
    if state.audience() == "physio":
        _edit(plan, at)
    _past(plan)
    with st.expander("Where this comes from"):
        st.markdown("\n".join(f"- {plain(s)}" for s in SOURCES))


def _begin(found: Outcome, at: datetime) -> None:
    """Offer to begin the plan, where neither an answer nor a noted symptom speaks against it."""
    stopped = journal.standing_stop()
    if not reach_of(found):
        st.warning(plain(found.headline))
    elif stopped is not None:
        st.warning(plain(stopped.words))
    else:
        st.markdown("The plan begins with breathing and the deep core, whatever you did before.")
        if st.button("Begin the plan", type="primary", key="plan_begin"):
            _save(begin(at))


def _save(plan: PlanState) -> None:
    journal.change(plan_json=write_plan(plan))
    st.rerun()


def _week(plan: PlanState, at: datetime) -> None:
    stage = plan.stage
    doses = "".join(
        f"<li><b>{esc(p.label)}:</b> {plan.week.values[p.id]:g} {p.unit}</li>"
        for p in stage.parameters
    )
    how = "".join(f"<p>{esc(h)}</p>" for h in stage.how)
    st.html(
        f'<div class="fc-card"><h2>This week: {esc(stage.title)}</h2>{how}<ul>{doses}'
        f"<li>{stage.sessions_a_week} sessions a week</li></ul>"
        f"<p>{esc(STOP_AND_WALK)}</p></div>"
    )
    with st.expander("I did a session: how did it feel?"):
        feeling.ask(stage.id, at, key="plan_session")


def _proposal(plan: PlanState, found: Outcome, at: datetime) -> Proposal:
    data = journal.load()
    passed = bool(st.session_state.get(f"plan_check_{plan.stage.id}"))
    return propose(
        plan, data.symptoms, at, outcome=found, talked_at=data.talked_at, check_passed=passed
    )


def _next(plan: PlanState, proposal: Proposal) -> None:
    marks: dict[str, tuple[Mark, str]] = {
        "stop": ("watch", "Stop"),
        "held": ("info", "Talk first"),
        "check": ("info", "Check"),
    }
    mark, word = marks.get(proposal.kind, ("info", "Next"))
    see = f"<p><b>Talk to {esc(', '.join(proposal.see))}.</b></p>" if proposal.see else ""
    st.html(f'<div class="fc-card">{chip(mark, word)}<p>{esc(proposal.words)}</p>{see}</div>')
    if proposal.kind == "check":
        _check(plan.stage)
    if proposal.week is not None:
        label = "Take a step back" if proposal.kind == "stop" else "Take this into my plan"
        if st.button(label, key="plan_take"):
            _save(take(plan, proposal))


def _check(stage: Stage) -> None:
    if stage.check.tests:
        names = ", ".join(title_of(t) for t in stage.check.tests)
        st.markdown(f"Film these first: {plain(names)}.")
    if st.button("Yes, and nothing came on", key="plan_check_yes"):
        st.session_state[f"plan_check_{stage.id}"] = True
        st.rerun()


def _stages(plan: PlanState) -> None:
    here = STAGE_IDS.index(plan.week.stage)
    items = []
    for n, stage in enumerate(STAGES):
        mark: Mark = "ok" if n < here else "info" if n == here else "none"
        word = "before" if n < here else "now" if n == here else "later"
        items.append(chip_line(mark, f"{n + 1}. {stage.title}", f"({word})"))
    st.header("The stages")
    st.html(lines(items))


def _edit(plan: PlanState, at: datetime) -> None:
    with st.expander("Change the plan (professional)"), st.form("plan_edit"):
        by = st.text_input("Who changes it (role or initials)", key="plan_by")
        why = st.text_input("Why", key="plan_why")
        stage = st.selectbox(
            "Stage",
            STAGE_IDS,
            index=STAGE_IDS.index(plan.week.stage),
            format_func={s.id: s.title for s in STAGES}.__getitem__,
            key="plan_stage",
        )
        values = {
            p.id: st.number_input(
                f"{p.label} ({p.unit})",
                min_value=0.0,
                value=float(plan.week.values[p.id]),
                step=p.step,
                key=f"plan_{p.id}",
            )
            for p in plan.stage.parameters
        }
        if st.form_submit_button("Change and log it"):
            same = stage == plan.week.stage
            try:
                _save(
                    edit(plan, at=at, by=by, why=why, stage=stage, values=values if same else None)
                )
            except FormcheckError as error:
                trouble(error.what, error.hint)
            except ValueError:
                trouble("A change needs who and why.", "Fill in both fields.")


def _past(plan: PlanState) -> None:
    with st.expander("Weeks and changes so far"):
        for week in reversed(plan.weeks):
            title = STAGES[STAGE_IDS.index(week.stage)].title
            values = ", ".join(f"{v:g}" for v in week.values.values())
            st.markdown(
                f"{week.at:%d %b %Y}: {plain(title)}, {values} ({week.why.replace('_', ' ')})"
            )
        for e in reversed(plan.edits):
            st.markdown(f"{e.at:%d %b %Y}: changed by {plain(e.by)}: {plain(e.why)}")
