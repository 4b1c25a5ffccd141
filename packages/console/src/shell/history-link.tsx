import { needs } from "../session/needs.ts";
import { useLack } from "./rights.tsx";
import { hrefOf } from "./router.ts";
import { t } from "./strings.ts";

/** Leads to all changes of one thing, where one may see them. */
export function HistoryLink({ id }: { id: string }) {
	if (useLack(needs.viewAudits)) return null;
	return (
		<a class="history-link" href={`${hrefOf({ screen: "audit" })}?${new URLSearchParams({ thing: id })}`}>
			{t("whoChanged")}
		</a>
	);
}
