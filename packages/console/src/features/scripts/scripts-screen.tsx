import { locale } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { SearchedRows } from "../../shell/searched-rows.tsx";
import { useAddress } from "../../shell/use-address.ts";
import type { ScriptRow, ScriptsModel } from "./scripts-model.ts";
import { t } from "./strings.ts";

/** When something was done, as the reader's language has it. */
export function shownTime(at: string): string {
	return new Date(at).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
}

/** All scripts, and since when agents see each. */
export function ScriptsScreen({ model: { scripts } }: { model: ScriptsModel }) {
	useAddress(scripts);
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addScript}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-script" })}
		>
			<div class="ui-stack">
				<SearchedRows
					list={scripts}
					label={t("search")}
					none={t("none")}
					row={(script) => <Row key={script.id} script={script} />}
				/>
			</div>
		</ListScreen>
	);
}

function Row({ script: { id, name, modifiedDate, publishedDate } }: { script: ScriptRow }) {
	const state = publishedDate ? t("publishedAt", { when: shownTime(publishedDate) }) : t("draft");
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "script", id })}>
					<bdi>{name}</bdi>
				</a>
				<span class="ui-muted">
					{state}, {t("changedAt", { when: shownTime(modifiedDate) })}
				</span>
			</div>
		</li>
	);
}
