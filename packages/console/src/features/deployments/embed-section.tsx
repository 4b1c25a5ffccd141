import { CopyField } from "../../shell/copy-field.tsx";
import { Section } from "../../shell/parts.tsx";
import type { DeploymentModel } from "./deployment-model.ts";
import { iframeSnippet, panelUrl } from "./embed.ts";
import { t } from "./strings.ts";

/** What the CRM's page needs: the address and the frame. It follows what is saved, not the draft. */
export function EmbedSection({ model }: { model: DeploymentModel }) {
	const base = model.base.value;
	if (!base) return null;
	const url = panelUrl(model.panelOrigin, { id: model.id, partnerName: base.properties.partnerName });
	return (
		<Section title={t("embed")} hint={t("embedHint")}>
			<CopyField label={t("address")} value={url} />
			<CopyField label={t("snippet")} value={iframeSnippet(url, base.name)} rows={3} />
		</Section>
	);
}
