import { Checkbox } from "@inlay/ui";
import { Section } from "../../shell/parts.tsx";
import type { DeploymentModel } from "./deployment-model.ts";
import { manners } from "./draft.ts";
import { t } from "./strings.ts";

/** How the panel meets scripts and pages that others wrote. */
export function MannersSection({ model }: { model: DeploymentModel }) {
	const draft = model.draft.value;
	if (!draft) return null;
	return (
		<Section title={t("manners")} hint={t("mannersHint")}>
			{manners.map((name) => (
				<Checkbox
					key={name}
					label={t(name)}
					checked={draft[name]}
					onChange={(checked) => model.change({ [name]: checked })}
				/>
			))}
		</Section>
	);
}
