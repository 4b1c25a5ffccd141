import { Badge, Banner, locale } from "@inlay/ui";
import type { Trouble, Troubles } from "../../session/wire.ts";
import { t } from "./strings.ts";

/** What agents have met in the panels of a deployment, so that its administrator knows before they tell. */
export function TroubleBanner({ troubles }: { troubles: Troubles | undefined }) {
	if (!troubles) return null;
	return (
		<Banner tone="warn">
			<ul class="plain-list">
				{troubles.scripts && <li>{sentence("troubleScripts", troubles.scripts)}</li>}
				{troubles.refusals && <li>{sentence("troubleRefusals", troubles.refusals)}</li>}
			</ul>
		</Banner>
	);
}

/** The same in a list. */
export function TroubleBadge({ troubles }: { troubles: Troubles | undefined }) {
	if (!troubles) return null;
	const { scripts, refusals } = troubles;
	return (
		<>
			{scripts && <Badge tone="warn">{t("scriptsFailed", { count: scripts.count })}</Badge>}
			{refusals && <Badge tone="warn">{t("panelsRefused", { count: refusals.count })}</Badge>}
		</>
	);
}

function sentence(key: "troubleScripts" | "troubleRefusals", { count, code, detail, at }: Trouble): string {
	const when = new Date(at).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
	return t(key, { count, when, cause: detail ? `${detail} (${code})` : code });
}
