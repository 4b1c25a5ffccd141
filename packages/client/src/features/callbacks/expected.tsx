import type { ExpectedCallback } from "@inlay/contract";
import { Button, locale } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { AskToCancel } from "./ask-to-cancel.tsx";
import { clockText, ownZone } from "./schedule-time.ts";
import { t } from "./strings.ts";

/** What is agreed upon with the customer who calls now: whoever talks to them may cancel it (agent-features 3). */
export function Expected({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const { api, now } = workspace.session;
	const [found, setFound] = useState<readonly ExpectedCallback[]>([]);
	const path = `/inlay/conversations/${call.id}/callbacks`;
	// What was agreed upon in this call is told by its control.
	const made = workspace.session.callbacksMade.value.get(call.id)?.id;
	useEffect(() => {
		let isWanted = true;
		api.get<{ entities: ExpectedCallback[] }>(path).then(
			({ entities }) => isWanted && setFound(entities),
			() => undefined,
		);
		return () => {
			isWanted = false;
		};
	}, [path]);
	const cancel = async (id: string) => {
		await api.request("DELETE", `${path}/${id}`);
		setFound((all) => all.filter((one) => one.id !== id));
		workspace.toasts.show({ tone: "good", text: t("expectedCancelled") }, 4000);
	};
	const [asking, setAsking] = useState<string>();
	const shown = found.filter(({ id }) => id !== made);
	if (shown.length === 0 || isOver(call)) return null;
	const name = workspace.nameOf(call) || t("unknown");
	return (
		<ul class="callback-expected" role="status">
			{shown.map(({ id, scheduledAt, ...of }) => {
				const time = clockText(Date.parse(scheduledAt), ownZone(), locale.value, now.value);
				return (
					<li key={id} class="ui-row" data-expected={id}>
						<span class="ui-grow">{t("expected", { name, time, queue: workspace.ui.queueName(of) })}</span>
						{call.state === "connected" && asking !== id && (
							<Button size="small" data-expected-cancel onClick={() => setAsking(id)}>
								{t("expectedCancel")}
							</Button>
						)}
						{call.state === "connected" && asking === id && (
							<AskToCancel
								name={name}
								busy={workspace.busy.value.has(`expected.${id}`)}
								onYes={() => void workspace.attempt(`expected.${id}`, () => cancel(id))}
								onNo={() => setAsking(undefined)}
							/>
						)}
					</li>
				);
			})}
		</ul>
	);
}
