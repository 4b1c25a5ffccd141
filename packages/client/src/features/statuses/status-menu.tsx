import "./statuses.css";
import type { UiAddition } from "@inlay/contract";
import { formatDuration, Icon, locale, Menu } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { type PresenceChoice, presenceMeant } from "../../session/presence-store.ts";
import { takeStatus } from "../../shell/take-status.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { leaveQueueWithRight } from "./lost-queue.ts";
import {
	offeredStatuses,
	type StatusEntry,
	type StatusTone,
	statusEntries,
	statusName,
	statusTone,
} from "./status-list.ts";
import { t } from "./strings.ts";

const onQueueRight = "routing:agent:onqueue";

/** The agent's status with its timer, and the menu to change it. */
export function StatusMenu({ workspace }: { workspace: Workspace }) {
	const { presence } = workspace.session;
	// The permission table: On Queue is offered, and the timer shown, with this permission only.
	const mayQueue = workspace.can(onQueueRight);
	useEffect(
		() =>
			leaveQueueWithRight(
				() => workspace.can(onQueueRight),
				presence.onQueue,
				() => leaveQueue(workspace),
			),
		[],
	);
	const current = presence.current();
	const system = presence.system.value;
	const notResponding = presence.notResponding.value;
	const { ui } = workspace;
	const offered = statusEntries(offeredStatuses(presence.choices.value, mayQueue), ui.now.value.statuses, locale.value);
	const isCurrent = ({ status }: UiAddition) =>
		current !== undefined && presenceMeant(presence.choices.value, status)?.id === current.id;
	const isOf = (entry: StatusEntry) =>
		entry.added ? entry.added.id === ui.status.value?.id && isCurrent(entry.added) : entry.choice?.id === current?.id;
	const taken = offered.find((entry) => entry.added && isOf(entry)) ?? offered.find(isOf);
	const name = notResponding ? t("NOT_RESPONDING") : (taken?.text ?? statusName(current, system, locale.value));
	// The status stays until after-call work is done, and then becomes this one (agent-features section 1).
	const next = nextOf(workspace, offered);
	const nextName = presence.next.value && t("next", { status: next?.text ?? wishedName(presence.next.value) });
	const items = offered.map((entry) => ({
		id: entry.id,
		text: entry === next && nextName ? nextName : entry.text,
		mark: <Dot tone={statusTone(entry.system, false)} inner={entry.system === "ON_QUEUE"} />,
		checked: entry === taken,
		onSelect: () => void workspace.tell(() => choose(workspace, entry)),
	}));
	return (
		<Menu label={t("status", { status: name })} items={items} buttonClass="header-button status-button" namedByContent>
			<span class="ui-hidden">{t("prefix")}</span>
			<Dot tone={statusTone(system, notResponding)} inner={system === "ON_QUEUE"} />
			<span class="status-line">
				<bdi class="ui-clip" data-status={notResponding ? "NOT_RESPONDING" : system}>
					{name}
				</bdi>
				{nextName && <bdi class="ui-clip status-then">{nextName}</bdi>}
				{mayQueue && !nextName && <Timer workspace={workspace} />}
			</span>
			<Icon name="down" size={14} />
		</Menu>
	);
}

function leaveQueue(workspace: Workspace): void {
	const { presence } = workspace.session;
	const available = presence.find("AVAILABLE");
	if (!available) return;
	const names = { queue: t("ON_QUEUE"), status: statusName(available, available.system, locale.value) };
	workspace.toasts.show({ tone: "warn", text: t("lostQueue", names) }, 10_000);
	void workspace.tell(() => presence.choose(available));
}

function nextOf({ session, ui }: Workspace, offered: readonly StatusEntry[]): StatusEntry | undefined {
	const { next, choices } = session.presence;
	const wished = next.value;
	if (!wished) return undefined;
	const isWished = ({ added }: StatusEntry) =>
		added !== undefined &&
		added.id === ui.status.value?.id &&
		presenceMeant(choices.value, added.status)?.id === wished.id;
	return offered.find(isWished) ?? offered.find(({ choice, added }) => !added && choice?.id === wished.id);
}

const wishedName = (wished: PresenceChoice) => statusName(wished, wished.system, locale.value);

async function choose(workspace: Workspace, { choice, added }: StatusEntry): Promise<void> {
	if (added) return workspace.ui.take(added);
	workspace.ui.status.value = undefined;
	if (choice) await takeStatus(workspace, choice);
}

function Dot({ tone, inner }: { tone: StatusTone; inner: boolean }) {
	return <span class="status-dot" data-tone={tone} data-inner={inner} aria-hidden="true" />;
}

/** Time in the present status. How long a call lasts stands with the call. */
function Timer({ workspace }: { workspace: Workspace }) {
	const { presence, now } = workspace.session;
	const isAway = presence.notResponding.value;
	const since = isAway ? presence.routing.value?.startTime : presence.presence.value?.modifiedDate;
	if (!since) return null;
	const time = formatDuration(now.value - Date.parse(since));
	return (
		<span class="status-timer ui-number" aria-hidden="true">
			<span class="status-timer-long">{time}</span>
			{/* Where there is no room, hours and minutes do, or minutes and seconds. */}
			<span class="status-timer-short">{time.replace(/^(\d+:\d+):\d+$/, "$1 h")}</span>
		</span>
	);
}
