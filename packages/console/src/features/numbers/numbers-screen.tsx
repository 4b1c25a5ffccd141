import { EmptyState } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { ListedNumber, NumbersModel } from "./numbers-model.ts";
import { t } from "./strings.ts";

/** The numbers that people call, and where each leads. */
export function NumbersScreen({ model }: { model: NumbersModel }) {
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.manageNumbers}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-number" })}
		>
			<Load from={model.numbers}>
				{(numbers) =>
					numbers.length === 0 ? (
						<div class="ui-card">
							<EmptyState icon="phone" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						</div>
					) : (
						<ul class="rows">
							{numbers.map((number) => (
								<Row key={number.id} number={number} />
							))}
						</ul>
					)
				}
			</Load>
		</ListScreen>
	);
}

function Row({ number: { id, number, leadsTo } }: { number: ListedNumber }) {
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "number", id })}>
					<bdi>{number}</bdi>
				</a>
				<span class="ui-muted">{leadsTo}</span>
			</div>
		</li>
	);
}
