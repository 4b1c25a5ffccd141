import type { ExplainedFeature, ExplainedPanel, ExplainedRow, PermissionSource } from "@inlay/contract/explained";
import { Badge, Button, Icon } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { everyDivision } from "../../session/rights.ts";
import { useRights } from "../../shell/rights.tsx";
import { t as shared } from "../../shell/strings.ts";
import type { ExplorerModel } from "./explorer-model.ts";
import { featureName } from "./feature-strings.ts";
import { t } from "./strings.ts";

interface TableProps {
	model: ExplorerModel;
	panel: ExplainedPanel;
	onGive: (row: ExplainedRow) => void;
}

/** One line for each feature, with a line in it for each row of the guide's table. */
export function FeatureTable({ panel, model, onGive }: TableProps) {
	const mayGive = useRights().may({ ...needs.giveRole, divisionId: model.divisionId });
	return (
		<div class="table-frame ui-card">
			<table class="explorer-table">
				<thead>
					<tr>
						<th scope="col">{t("feature")}</th>
						<th scope="col">{t("panel")}</th>
						<th scope="col">{t("permissions")}</th>
						<th scope="col">{t("scopes")}</th>
						<th scope="col">{t("settings")}</th>
					</tr>
				</thead>
				<tbody>
					{panel.features.map((feature) => (
						<Feature key={feature.feature} feature={feature} {...(mayGive ? { onGive } : {})} />
					))}
				</tbody>
			</table>
		</div>
	);
}

function Feature({ feature, onGive }: { feature: ExplainedFeature; onGive?: (row: ExplainedRow) => void }) {
	const { rows } = feature;
	const telling = rows.find(({ place }) => place !== "nowhere") ?? rows[0];
	return (
		<tr data-feature={feature.feature} data-shown={feature.shown}>
			<th scope="row">{featureName(feature.feature)}</th>
			<td data-label={t("panel")}>
				<Shown feature={feature} />
			</td>
			<td data-label={t("permissions")}>
				<ul class="plain-list explorer-rows">
					{rows.map((row) => (
						<Permission key={row.label} row={row} {...(onGive ? { onGive } : {})} />
					))}
				</ul>
			</td>
			<td data-label={t("scopes")}>{telling && <Scopes row={telling} />}</td>
			<td data-label={t("settings")}>
				<Settings rows={rows} />
			</td>
		</tr>
	);
}

function Shown({ feature: { shown, rows } }: { feature: ExplainedFeature }) {
	const built = rows.filter(({ place }) => place !== "nowhere");
	if (built.length === 0) return <Badge>{t("notBuilt")}</Badge>;
	const places = [...new Set(built.filter((row) => row.shown === shown).map(({ place }) => t(`at_${place}`)))];
	return (
		<>
			<Badge tone={shown ? "good" : "plain"}>{shown ? t("shown") : t("notShown")}</Badge>
			{shown && <span class="ui-muted explorer-place">{places.join(", ")}</span>}
		</>
	);
}

function Permission({ row, onGive }: { row: ExplainedRow; onGive?: (row: ExplainedRow) => void }) {
	const isHeld = row.sources.length > 0;
	return (
		<li data-held={isHeld} data-permission={row.permissions[0]}>
			<span class="explorer-permission">
				<Icon name={isHeld ? "check" : "close"} size={16} />
				<span>
					{row.label}
					{row.place === "nowhere" && <span class="ui-muted"> ({t("at_nowhere")})</span>}
				</span>
			</span>
			<span class="ui-muted">
				{isHeld ? [...new Set(row.sources.map(sourceText))].join("; ") : t("missing")}
				{row.incomplete && `; ${t("incomplete")}`}
			</span>
			{!isHeld && onGive && (
				<Button size="small" aria-label={t("giveNamed", { permission: row.label })} onClick={() => onGive(row)}>
					{t("give")}
				</Button>
			)}
		</li>
	);
}

function sourceText({ role, group, division }: PermissionSource): string {
	if (!role) return t("byHidden");
	const isEverywhere = division?.id === everyDivision;
	const place = isEverywhere ? shared("inEveryDivision") : shared("inDivision", { name: division?.name ?? "" });
	return group ? t("byGroup", { role: role.name, group: group.name, place }) : t("byRole", { role: role.name, place });
}

function Scopes({ row }: { row: ExplainedRow }) {
	return (
		<span class="explorer-scopes">
			<code>{row.scopes.join(", ")}</code>
			<span>{t(row.panelScope ? "panelScope" : "noPanelScope")}</span>
			<span class="ui-muted">{t(row.scriptScope ? "scriptScope" : "noScriptScope")}</span>
		</span>
	);
}

const hiding = {
	callControls: "hidden_callControls",
	"ui.callControls": "hidden_uiControls",
	"ui.menu": "hidden_uiMenu",
	"ui.statuses": "hidden_uiStatuses",
} as const;

function Settings({ rows }: { rows: readonly ExplainedRow[] }) {
	const hidden = rows.flatMap(({ hiddenBy }) => hiddenBy ?? []);
	if (rows.every(({ place }) => place === "nowhere")) return <span class="ui-muted">–</span>;
	if (hidden.length === 0) return <span class="ui-muted">{t("settingsFine")}</span>;
	return <>{[...new Set(hidden.map((one) => t(hiding[one])))].join("; ")}</>;
}
