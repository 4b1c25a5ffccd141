import { inDivision, needs } from "../../session/needs.ts";
import { Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { t } from "./strings.ts";
import { UtilizationForm } from "./utilization-form.tsx";
import type { UtilizationModel } from "./utilization-model.ts";

/** How much one person takes at a time, on their page. */
export function UtilizationSection({ model, divisionId }: { model: UtilizationModel; divisionId: string | undefined }) {
	const mayNotSee = useLack(inDivision(needs.viewUtilization, divisionId));
	const lack = useLack(inDivision(needs.managePersonUtilization, divisionId));
	if (mayNotSee) return null;
	return (
		<Section title={t("utilization")} hint={t(model.isOwn.value ? "ownUtilizationHint" : "sharedUtilizationHint")}>
			<UtilizationForm model={model} lack={lack} />
		</Section>
	);
}
