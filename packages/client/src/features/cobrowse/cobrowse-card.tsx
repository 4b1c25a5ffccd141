import "./cobrowse.css";
import type { CobrowseEnd, CobrowseView } from "@inlay/contract/cobrowse/session";
import { mayCobrowse } from "@inlay/contract/cobrowse/session";
import { Button } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { isOutsideThere, type LiveInteraction } from "../../session/interaction.ts";
import { rightsThere } from "../../session/rights-there.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { CobrowseModel, sentenceOf } from "./cobrowse-model.ts";
import { t } from "./strings.ts";

/** Co-browsing in the card of an interaction: the offer, its code with the time that is left, and how it stands. */
export function CobrowseCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const model = useModel(() => new CobrowseModel(workspace, call), call.id);
	const session = ofThisTurn(model.session.value, call);
	const why = model.why.value;
	const failed = model.failed.value || (why === undefined ? "" : sentenceOf(why));
	useAgainWhenBack(workspace, why, () => model.load());
	const isLive = session !== undefined && session.state !== "ended";
	const rights = useModel(() => rightsThere(workspace.session));
	const may =
		isOutsideThere(call) &&
		mayCobrowse(call.media === "call" ? "Call" : "Message", (permission) => rights.may(call, permission));
	if (!model.isLoaded.value || (!isLive && !may && session?.endedWhy !== "rights")) return null;
	return (
		<section class="cobrowse" aria-label={t("title")} data-cobrowse={session?.state ?? "none"}>
			{isLive ? (
				<Live model={model} session={session} open={() => workspace.window.open(call.id, "cobrowse")} />
			) : (
				<Offer model={model} call={call} session={session} may={may} />
			)}
			{failed !== "" && (
				<p class="ui-error" role="alert">
					{t("failed", { reason: failed })}
				</p>
			)}
		</section>
	);
}

/** What ended before the call came back to the agent is no news of theirs. */
function ofThisTurn(session: CobrowseView | undefined, { participantId }: LiveInteraction): CobrowseView | undefined {
	const isEarlier = session?.participantId !== undefined && session.participantId !== participantId;
	return isEarlier && session.state === "ended" ? undefined : session;
}

function Offer(props: {
	model: CobrowseModel;
	call: LiveInteraction;
	session: CobrowseView | undefined;
	may: boolean;
}) {
	const { model, call, session, may } = props;
	const why = session?.endedWhy;
	return (
		<>
			{isToldOf(why) && (
				<p class="ui-hint" role="status">
					{t(`ended_${why}`)}
				</p>
			)}
			{may && (
				<Button size="small" data-cobrowse-offer onClick={() => void model.offer()}>
					{t(call.media === "call" ? "offerCall" : "offerMessage")}
				</Button>
			)}
		</>
	);
}

const told = ["declined", "expired", "customer", "left", "rights", "off"] as const;

function isToldOf(why: CobrowseEnd | undefined): why is (typeof told)[number] {
	return told.some((one) => one === why);
}

function Live({ model, session, open }: { model: CobrowseModel; session: CobrowseView; open: () => void }) {
	const isByCode = session.state === "offered" && session.communicationType === "Call";
	const canOpen = session.state !== "offered" && session.state !== "accepted";
	return (
		<>
			{isByCode ? <Code session={session} /> : <p role="status">{t(stateOf(session))}</p>}
			<div class="ui-row">
				{canOpen && (
					<Button size="small" kind="primary" data-cobrowse-open onClick={open}>
						{t("open")}
					</Button>
				)}
				{isByCode && (
					<Button size="small" onClick={() => void model.offer()}>
						{t("again")}
					</Button>
				)}
				<Button size="small" data-cobrowse-end onClick={() => void model.end()}>
					{t(canOpen ? "end" : "takeBack")}
				</Button>
			</div>
		</>
	);
}

function stateOf({ state, isAway }: CobrowseView) {
	if (state === "offered") return "asked" as const;
	if (isAway) return "away" as const;
	return state === "ended" ? ("ended_customer" as const) : state;
}

/** In groups of three, as it is read out, with the time that is left. */
function Code({ session }: { session: CobrowseView }) {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), 1000);
		return () => clearInterval(timer);
	}, []);
	const digits = (session.joinCode ?? "").replace(/(\d{3})(?=\d)/g, "$1 ");
	const seconds = Math.max(0, Math.round((Date.parse(session.dateOfferEnds) - now) / 1000));
	const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
	return (
		<>
			<p class="cobrowse-code" role="status" aria-label={t("code", { digits: [...digits].join(" ") })}>
				<bdi dir="ltr" data-cobrowse-code>
					{digits}
				</bdi>
			</p>
			<p class="ui-hint" role="timer">
				{t("left", { time })}
			</p>
			<p class="ui-hint">{t("readOut")}</p>
		</>
	);
}
