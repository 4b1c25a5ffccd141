import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Pager, Search } from "../../shell/pager.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { useAddress } from "../../shell/use-address.ts";
import type { QueuesModel } from "./queues-model.ts";
import { t } from "./strings.ts";

/** All queues, a page at a time. */
export function QueuesScreen({ model: { queues } }: { model: QueuesModel }) {
	useAddress(queues);
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addQueue}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-queue" })}
		>
			<div class="ui-stack">
				<Search list={queues} label={t("search")} />
				<Load from={queues.slice}>
					{({ entities }) =>
						entities.length === 0 ? (
							<p role="status">{t("none")}</p>
						) : (
							<ul class="rows">
								{entities.map(({ id, name, memberCount = 0 }) => (
									<li key={id}>
										<div class="row-main">
											<a href={hrefOf({ screen: "queue", id })}>
												<bdi>{name}</bdi>
											</a>
											<span class="ui-muted">{t("memberCount", { count: memberCount })}</span>
										</div>
									</li>
								))}
							</ul>
						)
					}
				</Load>
				<Pager list={queues} />
			</div>
		</ListScreen>
	);
}
