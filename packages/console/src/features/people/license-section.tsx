import { licenses } from "@inlay/contract/licenses";
import { Banner, Select } from "@inlay/ui";
import { inDivision, needs } from "../../session/needs.ts";
import type { User } from "../../session/wire.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { LicenseChoice, LicenseForm, PersonLicense } from "./person-license.ts";
import { t } from "./strings.ts";

/** What a user is licensed for (configuration guide, "Prerequisites"). */
export function LicenseSection({ model, user: { name, division } }: { model: PersonLicense; user: User }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const seeing = useLack(inDivision(needs.viewLicenses, division?.id));
	const changing = useLack(inDivision(needs.giveRole, division?.id));
	return (
		<Section title={t("license")} hint={t("licenseHint")}>
			<Lack lack={seeing} what="Seeing" />
			{!seeing && (
				<Load from={model.loaded}>
					{() => (
						<EditedForm
							model={model}
							lack={changing}
							conflictOf={(_field, mine, theirs) => plainConflict(t("license"), wordsOf(mine), wordsOf(theirs))}
							onSaved={() => tell(t("licenseSaved", { name }))}
						>
							{({ license }) => <Choice model={model} license={license} name={name} />}
						</EditedForm>
					)}
				</Load>
			)}
		</Section>
	);
}

function Choice({ model, license, name }: { model: PersonLicense; license: LicenseChoice; name: string }) {
	return (
		<>
			<Select
				label={t("license")}
				labelHidden
				value={license}
				options={[
					{ value: "", text: t("licenseNone") },
					...licenses.map(({ id, description }) => ({ value: id, text: description })),
				]}
				disabled={model.details.saving.busy.value}
				onChange={(value) => model.details.change({ license: value as LicenseChoice })}
			/>
			{model.closesPanel.value && <Banner tone="warn">{t("licenseCloses", { name })}</Banner>}
		</>
	);
}

function wordsOf({ license }: LicenseForm): string {
	return licenses.find(({ id }) => id === license)?.description ?? t("licenseNone");
}
