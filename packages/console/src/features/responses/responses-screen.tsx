import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { useRights } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { SearchedRows } from "../../shell/searched-rows.tsx";
import { useAddress } from "../../shell/use-address.ts";
import type { CannedResponse } from "./response-form.ts";
import type { ResponsesModel } from "./response-model.ts";
import { t } from "./strings.ts";

/** All canned responses, with how much each is used. */
export function ResponsesScreen({ model: { responses } }: { model: ResponsesModel }) {
	useAddress(responses);
	const rights = useRights();
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addResponse}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-response" })}
		>
			<div class="ui-stack">
				{rights.may(needs.viewLibraries) && (
					<p>
						<a href={hrefOf({ screen: "libraries" })}>{t("toLibraries")}</a>
					</p>
				)}
				{rights.may(needs.viewAssets) && (
					<p>
						<a href={hrefOf({ screen: "response-files" })}>{t("toFiles")}</a>
					</p>
				)}
				<SearchedRows
					list={responses}
					label={t("search")}
					none={t("none")}
					row={(response) => <Row key={response.id} response={response} />}
				/>
			</div>
		</ListScreen>
	);
}

function Row({ response: { id, name, libraries, inlay } }: { response: CannedResponse }) {
	const about = [inlay.shortcut && `/${inlay.shortcut}`, ...libraries.map((one) => one.name)].filter(Boolean);
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "response", id })}>
					<bdi>{name}</bdi>
				</a>
				<span class="ui-muted">
					<bdi>{about.join(", ")}</bdi>, {t("uses", { count: inlay.uses ?? 0 })}
				</span>
			</div>
		</li>
	);
}
