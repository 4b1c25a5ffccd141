import "./applications.css";
import type { Loaded } from "../../session/load.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { t } from "./strings.ts";
import type { UsageRow } from "./usage.ts";

/** Which operations a client calls. */
export function UsageSection({ usage }: { usage: Loaded<UsageRow[]> }) {
	return (
		<Section title={t("usage")} hint={t("usageHint")}>
			<Load from={usage}>
				{(rows) => (rows.length === 0 ? <p class="ui-muted">{t("usageNone")}</p> : <Table rows={rows} />)}
			</Load>
		</Section>
	);
}

function Table({ rows }: { rows: readonly UsageRow[] }) {
	const counts = ["requests", "refused", "tooMany", "failed"] as const;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by the keyboard
		<section class="usage" tabIndex={0} aria-label={t("usage")}>
			<table>
				<thead>
					<tr>
						<th scope="col">{t("operation")}</th>
						{counts.map((count) => (
							<th key={count} scope="col" class="number">
								{t(count)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={row.operation}>
							<th scope="row" class="code">
								<bdi>{row.operation}</bdi>
							</th>
							{counts.map((count) => (
								<td key={count} class="number">
									{row[count]}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
