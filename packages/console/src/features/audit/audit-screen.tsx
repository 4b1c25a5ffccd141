import "./audit.css";
import { Button, EmptyState } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { keepAsFile } from "../../shell/csv.ts";
import { Pager } from "../../shell/pager.tsx";
import { Failure, Load, Screen } from "../../shell/parts.tsx";
import { useAddress } from "../../shell/use-address.ts";
import type { AuditModel } from "./audit-model.ts";
import { Entry } from "./entry.tsx";
import { Filters } from "./filters.tsx";
import { RetentionSection } from "./retention-section.tsx";
import { t } from "./strings.ts";

/** Who has changed what: narrowed, searched, with before and after, and as a file. */
export function AuditScreen({ model }: { model: AuditModel }) {
	useAddress(model);
	const { entries } = model;
	useEffect(() => void model.services.load(), [model]);
	return (
		<Screen title={t("title")} lead={t("lead")} actions={<Files model={model} />}>
			<div class="ui-stack">
				<Filters model={model} />
				<Failure error={model.taking.error.value} />
				<Load from={entries.slice}>
					{({ entities }) =>
						entities.length === 0 ? (
							<div class="ui-card">
								<EmptyState icon="log" title={t("nothing")} />
							</div>
						) : (
							<ul class="rows">
								{entities.map((one) => (
									<Entry key={one.id} entry={one} />
								))}
							</ul>
						)
					}
				</Load>
				<Pager list={entries} />
				<RetentionSection model={model.retention} />
			</div>
		</Screen>
	);
}

function Files({ model }: { model: AuditModel }) {
	const busy = model.taking.busy.value;
	const take = async (format: "csv" | "json") => {
		const text = await model.take(format);
		if (text !== undefined) keepAsFile(`audit.${format}`, text, format === "csv" ? "text/csv" : "application/json");
	};
	return (
		<>
			<Button busy={busy} onClick={() => void take("csv")}>
				{t("asCsv")}
			</Button>
			<Button busy={busy} onClick={() => void take("json")}>
				{t("asJson")}
			</Button>
		</>
	);
}
