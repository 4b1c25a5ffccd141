import "./page.css";
import { Banner, Button, Spinner } from "@inlay/ui";
import { useState } from "preact/hooks";
import { type Outcome, type PartName, partNames } from "./checks.ts";
import { sentencesOf } from "./finding-strings.ts";
import { runTests } from "./run-tests.ts";
import { t } from "./strings.ts";
import { readServer, tellServer } from "./tell-server.ts";

type Stage = "before" | "running" | "sent" | "not-sent";

/** The page that an agent opens to see whether their browser works, alone or where the panel is. */
export function SelfTestPage({ deployment, playsUnasked }: { deployment: string | undefined; playsUnasked: boolean }) {
	const [stage, setStage] = useState<Stage>("before");
	const [outcomes, setOutcomes] = useState<Partial<Record<PartName, Outcome>>>({});
	const start = async () => {
		// In the click: later no browser lets a window open.
		const opened = window.open("about:blank", "", "popup,width=200,height=120");
		opened?.close();
		setStage("running");
		setOutcomes({});
		const server = await readServer(deployment);
		if (!server) return setStage("not-sent");
		const page = { window, ...server, playsUnasked, popup: opened ? ("opened" as const) : ("blocked" as const) };
		const found = await runTests(page, (part, outcome) => setOutcomes((before) => ({ ...before, [part]: outcome })));
		setStage((await tellServer(server.api, deployment, found)) ? "sent" : "not-sent");
	};
	const isOver = stage === "sent" || stage === "not-sent";
	const hasFaults = Object.values(outcomes).some((outcome) => typeof outcome === "object");
	return (
		<div class="self-test">
			<h1>{t("title")}</h1>
			<p>{t("lead")}</p>
			<p class="ui-muted">{t(window.parent === window ? "alone" : "framed")}</p>
			<Button kind="primary" busy={stage === "running"} onClick={() => void start()}>
				{t(isOver ? "again" : "start")}
			</Button>
			{stage !== "before" && <Parts outcomes={outcomes} isRunning={stage === "running"} />}
			<div role="status">
				{isOver && !hasFaults && stage === "sent" && <Banner tone="good">{t("fine")}</Banner>}
				{isOver && <p class="ui-muted">{t(stage === "sent" ? "sent" : "notSent")}</p>}
			</div>
		</div>
	);
}

function Parts({ outcomes, isRunning }: { outcomes: Partial<Record<PartName, Outcome>>; isRunning: boolean }) {
	return (
		<ul class="self-test-parts">
			{partNames.map((part) => (
				<li key={part}>
					<strong>{t(part)}</strong>
					<PartOutcome outcome={outcomes[part]} isRunning={isRunning} />
				</li>
			))}
		</ul>
	);
}

function PartOutcome({ outcome, isRunning }: { outcome: Outcome | undefined; isRunning: boolean }) {
	if (outcome === undefined) return isRunning ? <Spinner label={t("running")} /> : <span class="ui-muted">–</span>;
	if (outcome === "fine") return <span>✓ {t("works")}</span>;
	if (outcome === "unknown" || outcome === "unmeasured") return <span class="ui-muted">{t(outcome)}</span>;
	const { cause, cure } = sentencesOf(outcome);
	return (
		<Banner tone="warn">
			{cause} {cure} <code>{outcome.code}</code>
		</Banner>
	);
}
