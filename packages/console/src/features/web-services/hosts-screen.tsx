import { TextArea } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Section } from "../../shell/parts.tsx";
import { SettingsScreen } from "../../shell/settings-screen.tsx";
import type { HostsModel } from "./hosts-model.ts";
import { t } from "./strings.ts";

/** Which hosts scripts may open, and web services may be at. */
export function HostsScreen({ model }: { model: HostsModel }) {
	return (
		<SettingsScreen
			model={model}
			need={needs.editScriptHosts}
			title={t("hosts")}
			lead={t("hostsLead")}
			saved={t("hostsSaved")}
			nameOf={(field) => t(field)}
		>
			{(form) => (
				<Section title={t("hosts")}>
					{(["pages", "services"] as const).map((field) => (
						<TextArea
							key={field}
							label={t(field)}
							hint={t(`${field}Hint`)}
							rows={5}
							value={form[field]}
							error={model.isWrong(field) ? t("hostProblem") : undefined}
							onInput={(text) => model.details.change({ [field]: text })}
						/>
					))}
				</Section>
			)}
		</SettingsScreen>
	);
}
