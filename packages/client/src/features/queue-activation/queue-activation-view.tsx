import { isFoundBy } from "@inlay/contract/words";
import { Button, Checkbox, EmptyState, TextField } from "@inlay/ui";
import { useSignal } from "@preact/signals";
import type { WireQueue } from "../../session/wire.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** So few queues need no search. */
const fewQueues = 10;

/** The agent's own queues, each with a switch: whose calls may reach them. */
export function QueueActivationView({ workspace }: { workspace: Workspace }) {
	const wanted = useSignal("");
	const { queues } = workspace.session;
	const mine = workspace.ui.queues(queues.mine.value);
	if (mine.length === 0) {
		return (
			<EmptyState icon="users" title={t("empty")}>
				<p>{t("emptyText")}</p>
			</EmptyState>
		);
	}
	const join = (which: readonly WireQueue[], joined: boolean) => void workspace.tell(() => queues.join(which, joined));
	return (
		<div class="ui-stack" style={{ padding: "var(--gap-3)" }}>
			<p class="ui-hint">{t("hint")}</p>
			{mine.length > fewQueues && (
				<TextField label={t("find")} type="search" value={wanted.value} onInput={(value) => (wanted.value = value)} />
			)}
			<div class="ui-row">
				<Button size="small" data-all="on" onClick={() => join(mine, true)}>
					{t("allOn")}
				</Button>
				<Button size="small" data-all="off" onClick={() => join(mine, false)}>
					{t("allOff")}
				</Button>
			</div>
			<ul class="ui-stack">
				{mine
					.filter(({ name }) => isFoundBy(name ?? "", wanted.value))
					.map((queue) => (
						<li key={queue.id} data-queue={queue.id}>
							<Checkbox
								label={queue.name ?? queue.id}
								checked={queue.joined !== false}
								onChange={(joined) => join([queue], joined)}
							/>
						</li>
					))}
			</ul>
		</div>
	);
}
