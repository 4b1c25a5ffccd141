import "./trunks.css";
import { Badge, locale } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { Load, Section } from "../../shell/parts.tsx";
import { whileShown } from "../../shell/while-shown.ts";
import { t } from "./strings.ts";
import { causes, type Trunk, type TrunkState } from "./trunk-form.ts";
import { lookEveryMs, type TrunkModel } from "./trunk-model.ts";

const tones = { off: "plain", trying: "plain", up: "good", down: "bad", refused: "bad" } as const;

/** One that was just saved is about to be tried. */
export function StateBadge({ state = "trying" }: { state?: TrunkState["state"] | undefined }) {
	return <Badge tone={tones[state]}>{t(`state_${state}`)}</Badge>;
}

/** How the trunk stands now: what the other side says, and what to do about it. */
export function StateSection({ model }: { model: TrunkModel }) {
	const version = model.details.base.value?.version;
	useEffect(() => {
		void model.live.refresh();
		return whileShown(lookEveryMs, () => void model.live.refresh());
	}, [model, version]);
	return (
		<Section title={t("state")}>
			<Load from={model.live}>{(trunk) => <State trunk={trunk} />}</Load>
		</Section>
	);
}

function State({ trunk: { status, host, port, transport } }: { trunk: Trunk }) {
	const place = `${host}:${port ?? (transport === "tls" ? 5061 : 5060)}`;
	const advice = adviceOf(status);
	const since = status && shownTime(status.since);
	return (
		<div class="ui-stack" role="status">
			<div class="ui-row trunk-state">
				<StateBadge state={status?.state} />
				{since && <span class="ui-muted">{t("since", { when: since })}</span>}
				{status && <span class="ui-muted">{t("calls", { count: status.calls })}</span>}
			</div>
			<Reason status={status} />
			{status?.fullAt && <p>{t("full", { when: shownTime(status.fullAt) })}</p>}
			{advice && <p>{t(advice, { place })}</p>}
		</div>
	);
}

/** What the other side has answered; or, where nothing came of it, why. */
function Reason({ status }: { status: TrunkState | undefined }) {
	const cause = causes.find((one) => one === status?.cause);
	if (cause) return <p>{t(`cause_${cause}`)}</p>;
	return status?.reason ? <p class="wraps">{t("says", { reason: status.reason })}</p> : null;
}

function shownTime(iso: string): string {
	return new Date(iso).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
}

/** What somebody can do about it: by who has said no, and how. */
export function adviceOf(status: TrunkState | undefined) {
	if (status?.state === "refused") return /^40[137]\b/.test(status.reason ?? "") ? "doWho" : "doRefused";
	if (status?.state !== "down") return undefined;
	// What was said says what to do.
	if (status.cause === "passwordLost") return undefined;
	if (status.cause === "portTaken") return "doPort";
	if (status.cause === "unknownName") return "doName";
	if (status.cause === "certificate") return "doCertificate";
	return /^5\d\d\b/.test(status.reason ?? "") ? "doBusy" : "doReach";
}
