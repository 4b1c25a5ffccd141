import "./past-calls.css";
import { Button, Icon, IconButton } from "@inlay/ui";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { callerNow, isMissed, type RecentCall } from "../../session/recent-calls.ts";
import { LeftMessage } from "../../shell/left-message.tsx";
import { outcomeSentence, outcomeWord, wantsRedial } from "../../shell/outcome-text.ts";
import { whenText } from "../../shell/when-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { splitAtNumber } from "./number-in-text.ts";
import { t } from "./strings.ts";

const mostListed = 4;
/** Where notes are found again. */
const logView = "call-log";

/** The call that has just ended, or those that were missed. */
export function PastCalls({ workspace, part }: { workspace: Workspace; part: "last" | "missed" }) {
	if (part === "missed") return <MissedCalls workspace={workspace} />;
	return (
		<>
			<LastCall workspace={workspace} />
			<KeptNote workspace={workspace} />
		</>
	);
}

/** How the call that has just ended came to its end, with the way to try again. */
function LastCall({ workspace }: { workspace: Workspace }) {
	const { recent } = workspace.session;
	const last = recent.last.value;
	const sentence = last ? outcomeSentence(workspace, last) : "";
	if (!last || !sentence) return null;
	return (
		<div class="last-call" role="status" data-outcome={last.outcome}>
			<Icon name={last.direction === "outbound" ? "outgoing" : "phone"} size={16} />
			<span class="ui-grow">
				<SentenceWithNumber sentence={sentence} who={workspace.whoOf(last)} />
				{last.name !== last.address && last.address && (
					<>
						{" "}
						<bdi class="past-number ui-number">{workspace.numbers.show(last.address)}</bdi>
					</>
				)}
			</span>
			<LeftMessage workspace={workspace} id={last.id} text={t("leftMessage")} />
			<WayBack workspace={workspace} call={last} />
			<IconButton icon="close" kind="plain" label={t("close")} onClick={() => recent.dismiss()} />
		</div>
	);
}

/** A call without after-call work takes its form away as it ends: where the note is that was typed there. */
function KeptNote({ workspace }: { workspace: Workspace }) {
	const { recent } = workspace.session;
	const last = recent.last.value;
	if (!last || last.queueId || !workspace.views.value?.includes(logView)) return null;
	if (!workspace.runtime.callLogs.store.get(last.id)?.notes?.trim()) return null;
	const show = () => {
		workspace.view.value = logView;
	};
	return (
		<div class="kept-note" role="status" data-note-kept={last.id}>
			<Icon name="log" size={16} />
			<span class="ui-grow">{t("noteKept", { name: workspace.whoOf(last) || t("unknown") })}</span>
			<Button size="small" data-show-note onClick={show}>
				{t("noteShow")}
			</Button>
			<IconButton icon="close" kind="plain" label={t("close")} onClick={() => recent.dismiss()} />
		</div>
	);
}

/** A number in the middle of a sentence stays in one piece, and from left to right whatever the sentence's direction. */
function SentenceWithNumber({ sentence, who }: { sentence: string; who: string }) {
	const [before, number, after] = splitAtNumber(sentence, who);
	return (
		<>
			{before}
			{number && <bdi class="number-in-text ui-number">{number}</bdi>}
			{after}
		</>
	);
}

/** Calls that the agent has not come to take, whose they were, and the way back to the callers. */
function MissedCalls({ workspace }: { workspace: Workspace }) {
	const { recent, conversations, time } = workspace.session;
	const missed = missedToday(recent.all.value, time.now(), conversations.listed.value);
	if (missed.length === 0) return null;
	return (
		<section class="missed" aria-labelledby="missed-title">
			<h2 id="missed-title">{t("missedCalls")}</h2>
			<ul>
				{missed.slice(0, mostListed).map((call) => (
					<li key={call.key} data-missed={call.id} data-outcome={call.outcome}>
						<span class="ui-grow">
							<bdi class="past-name">{workspace.whoOf(call) || t("unknown")}</bdi>
							<span class="past-line">
								{outcomeWord(call, workspace.numbers)} ·{" "}
								<span class="ui-number">{whenText(call.startTime, time.now())}</span>
								{call.name !== call.address && call.address && (
									<>
										{" · "}
										<bdi class="ui-number">{workspace.numbers.show(call.address)}</bdi>
									</>
								)}
								{call.queueName && (
									<>
										{" · "}
										<bdi>{workspace.ui.queueName(call)}</bdi>
									</>
								)}
							</span>
						</span>
						<LeftMessage workspace={workspace} id={call.id} text={t("leftMessage")} />
						<WayBack workspace={workspace} call={call} />
					</li>
				))}
			</ul>
		</section>
	);
}

/** Whoever is in their call still is not called beside it. */
function WayBack({ workspace, call }: { workspace: Workspace; call: RecentCall }) {
	if (!wantsRedial(call)) return null;
	const caller = callerNow(call, workspace.session.conversations.sources.value);
	if (caller === undefined) return <CallAgain workspace={workspace} call={call} />;
	return (
		<span class="ui-muted" data-caller={caller}>
			{t(caller === "waits" ? "stillWaits" : "stillTalks")}
		</span>
	);
}

function CallAgain({ workspace, call }: { workspace: Workspace; call: RecentCall }) {
	if (!workspace.can("conversation:call:add") && !workspace.can("conversation:conference:add")) return null;
	const label = call.direction === "outbound" ? t("redial") : t("callBack");
	return (
		<Button
			size="small"
			icon="phone"
			data-call-again={call.id}
			aria-label={`${label}: ${workspace.whoOf(call)}`}
			busy={workspace.busy.value.has("dial")}
			onClick={() => void workspace.calls.callAgain(call)}
		>
			{label}
		</Button>
	);
}

/**
 * The missed calls of the last day whose callers nobody has talked to since, as far as this agent knows.
 * @param running calls that go on: whoever is in one of them is not waiting to be called back
 */
export function missedToday(
	calls: readonly RecentCall[],
	now: number,
	running: readonly LiveInteraction[] = [],
): readonly RecentCall[] {
	const dayAgo = new Date(now - 24 * 3_600_000).toISOString();
	const isSame = (call: RecentCall, id: string, address: string) =>
		call.id === id || (call.address !== "" && call.address === address);
	const talksTo = (call: RecentCall) =>
		running.some((each) => !isOver(each) && isSame(call, each.id, each.remoteAddress));
	const talkedTo = (call: RecentCall) =>
		calls.some(
			(each) =>
				each.connectedTime &&
				isSame(call, each.id, each.address) &&
				(each.endTime ?? each.startTime) > (call.endTime ?? call.startTime),
		);
	return calls.filter(
		(call) =>
			call.direction === "inbound" && isMissed(call) && call.startTime > dayAgo && !talkedTo(call) && !talksTo(call),
	);
}
