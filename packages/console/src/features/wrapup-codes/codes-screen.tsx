import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { SearchedRows } from "../../shell/searched-rows.tsx";
import { useAddress } from "../../shell/use-address.ts";
import type { CodesModel } from "./code-model.ts";
import { t } from "./strings.ts";

/** All wrap-up codes, a page at a time. */
export function CodesScreen({ model: { codes } }: { model: CodesModel }) {
	useAddress(codes);
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addWrapupCode}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-wrap-up-code" })}
		>
			<div class="ui-stack">
				<SearchedRows
					list={codes}
					label={t("search")}
					none={t("none")}
					row={({ id, name, description }) => (
						<li key={id}>
							<div class="row-main">
								<a href={hrefOf({ screen: "wrap-up-code", id })}>
									<bdi>{name}</bdi>
								</a>
								{description && <bdi class="ui-muted">{description}</bdi>}
							</div>
						</li>
					)}
				/>
			</div>
		</ListScreen>
	);
}
