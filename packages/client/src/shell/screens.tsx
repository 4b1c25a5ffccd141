import type { BootDeployment } from "@inlay/contract";
import { Banner, Button, Icon, type IconName, Spinner } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import type { Panel } from "../boot/panel.ts";
import type { Away, Phase } from "../boot/phase.ts";
import { awayTexts } from "./away-text.ts";
import { problemText } from "./problem-text.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** The mark, the same as on the sign-in page. */
export function Mark({ size = 40 }: { size?: number }) {
	return (
		<svg class="mark" width={size} height={size} viewBox="0 0 40 40" aria-hidden="true" focusable="false">
			<rect width="40" height="40" rx="11" fill="var(--accent)" />
			<path d="M13 12h14v5H22.5v6H27v5H13v-5h4.5v-6H13z" fill="var(--accent-text)" />
		</svg>
	);
}

function Page({ icon, title, children }: { icon?: IconName; title: string; children?: ComponentChildren }) {
	return (
		<main class="page">
			{icon ? (
				<span class="page-icon">
					<Icon name={icon} size={26} />
				</span>
			) : (
				<Mark />
			)}
			<h1>{title}</h1>
			{children}
		</main>
	);
}

export function StartScreen() {
	return (
		<main class="page" aria-busy="true">
			<Mark />
			<Spinner label={t("loading")} />
		</main>
	);
}

export function ProblemScreen({ panel, phase }: { panel: Panel; phase: Extract<Phase, { kind: "problem" }> }) {
	return (
		<Page icon={phase.code === "network" ? "offline" : "warning"} title={t("problemTitle")}>
			<p role="alert">{problemText(phase)}</p>
			{phase.comesBack && <p>{t("comesBack")}</p>}
			<div class="page-actions">
				<Button kind="primary" icon="refresh" onClick={() => panel.retry()}>
					{t("retry")}
				</Button>
				{phase.canSwitchUser && <Button onClick={() => panel.switchUser()}>{t("signInOther")}</Button>}
			</div>
			<code class="page-code">{phase.code}</code>
			{/* biome-ignore lint/security/noBlankTarget: it is a page of our own origin; as its opener it has the panel's token, and tells who it is */}
			<a href={selfTestHref()} target="_blank" rel="opener">
				{t("selfTest")}
			</a>
		</Page>
	);
}

/** What this browser lacks, it finds out by itself. */
function selfTestHref(): string {
	const deployment = new URLSearchParams(location.search).get("deployment");
	return `/crm/self-test.html${deployment ? `?deployment=${encodeURIComponent(deployment)}` : ""}`;
}

export function ChooseScreen({ panel, choices }: { panel: Panel; choices: readonly BootDeployment[] }) {
	return (
		<Page title={t("chooseTitle")}>
			<p>{t("deployment.ambiguous")}</p>
			<ul class="page-actions">
				{choices.map((choice) => (
					<li key={choice.id}>
						<Button block onClick={() => void panel.choose(choice.id)}>
							{choice.name}
						</Button>
					</li>
				))}
			</ul>
		</Page>
	);
}

export function SignedOutScreen({ panel, phase }: { panel: Panel; phase: Extract<Phase, { kind: "signed-out" }> }) {
	const { reason, detail, byWindow, waiting } = phase;
	return (
		<Page title={t("signedOutTitle")}>
			{reason ? (
				<Banner tone={reason === "SignedOut" ? "info" : "warn"}>{t(`reason${reason}`, { detail })}</Banner>
			) : (
				<p>{t("signedOutText")}</p>
			)}
			{byWindow && <p class="ui-muted">{t(waiting ? "windowWaiting" : "windowText")}</p>}
			<div class="page-actions">
				<Button kind={waiting ? "plain" : "primary"} block onClick={() => void panel.signIn()}>
					{t(waiting ? "windowCancel" : "signIn")}
				</Button>
			</div>
			{panel.organization.value && <p class="ui-hint">{panel.organization.value}</p>}
		</Page>
	);
}

/** The session has ended by itself; the workspace waits behind this for its agent. */
export function AwayScreen({ panel, workspace, away }: { panel: Panel; workspace: Workspace; away: Away }) {
	const { reason, waiting } = away;
	return (
		<Page title={t("signedOutTitle")}>
			<Banner tone="warn">{t(`reason${reason}`, { detail: "" })}</Banner>
			{awayTexts(reason, workspace.leaving.calls).map((text) => (
				<p key={text}>{t(text)}</p>
			))}
			{waiting && <p class="ui-muted">{t("windowWaiting")}</p>}
			<div class="page-actions">
				<Button kind={waiting ? "plain" : "primary"} block data-sign-in-again onClick={() => void panel.signIn()}>
					{t(waiting ? "windowCancel" : "signIn")}
				</Button>
			</div>
		</Page>
	);
}
