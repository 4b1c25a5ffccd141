import "./statuses.css";
import { formatDuration, Icon, locale, Menu } from "@inlay/ui";
import { takeStatus } from "../../shell/take-status.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { offeredStatuses, type StatusTone, statusName, statusTone } from "./status-list.ts";
import { t } from "./strings.ts";

/** The agent's status with its timer, and the menu to change it. */
export function StatusMenu({ workspace }: { workspace: Workspace }) {
	const { presence } = workspace.session;
	// The permission table: On Queue is offered, and the timer shown, with this permission only.
	const mayQueue = workspace.can("routing:agent:onqueue");
	const current = presence.current();
	const system = presence.system.value;
	const notResponding = presence.notResponding.value;
	const name = notResponding ? t("NOT_RESPONDING") : statusName(current, system, locale.value);
	const items = offeredStatuses(presence.choices.value, mayQueue).map((choice) => ({
		id: choice.id,
		text: statusName(choice, choice.system, locale.value),
		mark: <Dot tone={statusTone(choice.system, false)} inner={choice.system === "ON_QUEUE"} />,
		checked: choice.id === current?.id,
		onSelect: () => void workspace.tell(() => takeStatus(workspace, choice)),
	}));
	return (
		<Menu label={t("status", { status: name })} items={items} buttonClass="header-button status-button" namedByContent>
			<span class="ui-hidden">{t("prefix")}</span>
			<Dot tone={statusTone(system, notResponding)} inner={system === "ON_QUEUE"} />
			<bdi class="ui-clip" data-status={notResponding ? "NOT_RESPONDING" : system}>
				{name}
			</bdi>
			{mayQueue && <Timer workspace={workspace} />}
			<Icon name="down" size={14} />
		</Menu>
	);
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
