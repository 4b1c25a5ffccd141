import { Badge, Banner, locale } from "@inlay/ui";
import type { Trouble, Troubles } from "../../session/wire.ts";
import { t } from "./strings.ts";
import { isOverSince } from "./troubles.ts";

interface Props {
	troubles: Troubles | undefined;
	/** Whether the deployment is on now. */
	isActive: boolean;
}

/** What agents have met in the panels of a deployment, so that its administrator knows before they tell. */
export function TroubleBanner({ troubles, isActive }: Props) {
	if (!troubles) return null;
	const { scripts, refusals } = troubles;
	const isOver = isOverSince(refusals, isActive);
	return (
		<Banner tone={scripts || (refusals && !isOver) ? "warn" : "info"}>
			<ul class="plain-list">
				{scripts && <li>{sentence("troubleScripts", scripts)}</li>}
				{refusals && <li>{sentence("troubleRefusals", refusals, isOver)}</li>}
				{unverifiedOf(troubles).map((one) => (
					<li key={one.code}>{sentence("troubleUnverified", one)}</li>
				))}
			</ul>
		</Banner>
	);
}

/** The same in a list. */
export function TroubleBadge({ troubles, isActive }: Props) {
	if (!troubles) return null;
	const { scripts, refusals } = troubles;
	const unverified = unverifiedOf(troubles).reduce((sum, { count }) => sum + count, 0);
	return (
		<>
			{scripts && <Badge tone="warn">{t("scriptsFailed", { count: scripts.count })}</Badge>}
			{refusals && (
				<Badge tone={isOverSince(refusals, isActive) ? "plain" : "warn"}>
					{t("panelsRefused", { count: refusals.count })}
				</Badge>
			)}
			{unverified > 0 && <Badge>{t("unverifiedReports", { count: unverified })}</Badge>}
		</>
	);
}

function unverifiedOf({ unverifiedScripts, unverifiedRefusals }: Troubles): Trouble[] {
	return [unverifiedScripts, unverifiedRefusals].flatMap((one) => one ?? []);
}

/** Why panels are refused, in the words of the check on the same page. */
const causes = {
	"deployment.inactive": "deployment.inactive",
	"panel.client.substituted": "panel.client.substituted",
	"deployment.without.script": "script.missing",
	"user.without.permission": "permission.missing",
	"user.without.license": "license.missing",
	"user.not.in.group": "group.missing",
} as const;

type Sentence = "troubleScripts" | "troubleRefusals" | "troubleUnverified";

function sentence(key: Sentence, { count, code, detail, at }: Trouble, isOver = false): string {
	const when = new Date(at).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
	const said = isOver
		? t("mendedSince")
		: (detail ?? (code in causes ? t(causes[code as keyof typeof causes]) : undefined));
	return t(key, { count, when, cause: said ? `${said} (${code})` : code });
}
