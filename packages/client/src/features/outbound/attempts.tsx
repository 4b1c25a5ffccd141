import type { OutboundPreview } from "@inlay/contract";
import { locale } from "@inlay/ui";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

const said = ["talked", "busy", "noAnswer", "machine", "refused", "unknownNumber", "abandoned"] as const;

/** Who was called lately, and what came of it. */
export function Attempts({ workspace, preview: { attempts } }: { workspace: Workspace; preview: OutboundPreview }) {
	const over = attempts.filter((one) => one.result !== undefined);
	if (over.length === 0) return null;
	const time = new Intl.DateTimeFormat(locale.value, { dateStyle: "short", timeStyle: "short" });
	return (
		<ol class="outbound-attempts" aria-label={t("attempts")}>
			{over.map(({ at, number, result }) => {
				const known = said.find((one) => one === result);
				return (
					<li key={at}>
						{time.format(Date.parse(at))} <bdi>{workspace.numbers.show(number)}</bdi> ·{" "}
						{t(known ? `code_${known}` : "code_other")}
					</li>
				);
			})}
		</ol>
	);
}
