import "./target-list.css";
import { Icon, oneLine } from "@inlay/ui";
import { type QueueState, type Target, type TargetSearch, targetKey } from "./target-search.ts";
import { t as ofTargets } from "./target-strings.ts";

const icons = { person: "user", queue: "users", contact: "phone" } as const;

/** What a search has found, each a button. */
export function TargetList({
	search,
	onChoose,
	show,
	isCallable,
}: {
	search: TargetSearch;
	onChoose: (target: Target) => void;
	/** Writes a number as the reader does. */
	show: (number: string) => string;
	/** What stands in the field can be called as it is: that nobody has that name is no news. */
	isCallable?: boolean;
}) {
	const state = search.state.value;
	if (state === "off") return null;
	const found = search.found.value;
	return (
		<section class="target-results" aria-label={ofTargets("found")} aria-live="polite">
			{state === "searching" && <p class="ui-hint">{ofTargets("searching")}</p>}
			{state === "failed" && <p class="ui-error">{ofTargets("searchFailed")}</p>}
			{state === "found" && found.length === 0 && !search.leavesOut.value && !isCallable && (
				<p class="ui-hint">{ofTargets("nothingFound")}</p>
			)}
			{state === "found" && search.leavesOut.value && (
				<p class="ui-hint" data-left-out>
					{ofTargets("leftOut")}
				</p>
			)}
			<ul class="targets">
				{found.map((target) => (
					<li key={targetKey(target)}>
						<button type="button" class="target" data-target={target.kind} onClick={() => onChoose(target)}>
							<Icon name={icons[target.kind]} size={16} />
							<span class="ui-grow">
								<strong class="ui-clip">
									<bdi>{target.name}</bdi>
								</strong>
								<span class="ui-muted ui-clip">
									<bdi>{noteOf(target, show)}</bdi>
								</span>
							</span>
						</button>
					</li>
				))}
			</ul>
		</section>
	);
}

function noteOf(target: Target, show: (number: string) => string): string {
	if (target.kind === "queue") return target.state ? stateText(target.state) : ofTargets("aQueue");
	if (target.kind === "contact") return oneLine([target.label, target.number && show(target.number)]);
	const key = `presence_${target.presence}` as Parameters<typeof ofTargets>[0];
	const presence = knownPresences.has(target.presence) ? ofTargets(key) : ofTargets("aColleague");
	// Somebody who is available may be on the line all the same: a call to them is a second one.
	return oneLine([presence, target.isInCall ? ofTargets("inACall") : "", target.forwards ? ofTargets("forwards") : ""]);
}

function stateText({ waiting, free, waitSeconds }: QueueState): string {
	const minutes = waitSeconds === null || free > waiting ? undefined : Math.max(1, Math.round(waitSeconds / 60));
	const wait = minutes === undefined ? "" : ofTargets("wait", { minutes: String(minutes) });
	return oneLine([ofTargets("queueState", { waiting: String(waiting), free: String(free) }), wait]);
}

const knownPresences = new Set([
	"AVAILABLE",
	"ON_QUEUE",
	"BUSY",
	"AWAY",
	"BREAK",
	"MEAL",
	"MEETING",
	"TRAINING",
	"OFFLINE",
]);
