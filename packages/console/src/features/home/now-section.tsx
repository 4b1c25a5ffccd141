import type { LiveQueue } from "@inlay/contract/home";
import { formatDuration } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Figure, Figures } from "../../shell/figure.tsx";
import { Section, Shown } from "../../shell/parts.tsx";
import { useRights } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import type { HomeModel } from "./home-model.ts";
import { t } from "./strings.ts";

const media = ["calls", "callbacks", "messages", "emails"] as const;

/** Interactions and queues of this moment. */
export function NowSection({ model }: { model: HomeModel }) {
	return (
		<Section title={t("now")}>
			<Shown from={model.queues}>
				{(queues) => (
					<>
						<Figures>
							<Figure name={t("waiting")} value={queues.waiting} isBad={queues.waiting > 0} />
							<Figure name={t("longest")} value={duration(longestOf(model))} />
							<Figure name={t("interacting")} value={queues.interacting} />
							<Figure name={t("onQueue")} value={queues.onQueue} />
							{model.panels.value && <Figure name={t("agents")} value={model.panels.value.agents} />}
							{media
								.filter((medium) => (queues.media[medium] ?? 0) > 0)
								.map((medium) => (
									<Figure key={medium} name={t(medium)} value={queues.media[medium] ?? 0} />
								))}
						</Figures>
						{queues.total === 0 ? (
							<p class="ui-muted">{t("noQueues")}</p>
						) : (
							<Queues model={model} queues={queues.entities} />
						)}
						{queues.total > queues.entities.length && <p class="ui-muted">{t("mostToDo", { total: queues.total })}</p>}
					</>
				)}
			</Shown>
		</Section>
	);
}

function Queues({ model, queues }: { model: HomeModel; queues: readonly LiveQueue[] }) {
	const mayOpen = useRights().may(needs.viewQueues);
	return (
		<div class="table-frame">
			<table class="now-table">
				<thead>
					<tr>
						<th scope="col">{t("queue")}</th>
						<th scope="col">{t("waiting")}</th>
						<th scope="col">{t("longest")}</th>
						<th scope="col">{t("interacting")}</th>
						<th scope="col">{t("onQueue")}</th>
					</tr>
				</thead>
				<tbody>
					{queues.map((queue) => (
						<tr key={queue.id} data-waits={queue.waiting > 0}>
							<th scope="row">
								{mayOpen ? <a href={hrefOf({ screen: "queue", id: queue.id })}>{queue.name}</a> : queue.name}
							</th>
							<td>{queue.waiting}</td>
							<td>{duration(model.longestWait(queue.longestWaitSeconds))}</td>
							<td>{queue.interacting}</td>
							<td>{queue.onQueue}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function longestOf(model: HomeModel): number | undefined {
	const all = model.queues.value?.entities.flatMap(({ longestWaitSeconds }) => longestWaitSeconds ?? []) ?? [];
	return all.length === 0 ? undefined : model.longestWait(Math.max(...all));
}

function duration(seconds: number | undefined): string {
	return seconds === undefined ? "–" : formatDuration(seconds * 1000);
}
