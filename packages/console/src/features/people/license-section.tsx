import { licenses } from "@inlay/contract/licenses";
import { Banner, Select } from "@inlay/ui";
import { inDivision, needs } from "../../session/needs.ts";
import type { User } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Section } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { SaveButton } from "../../shell/save-button.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { LicenseChoice, PersonLicense } from "./person-license.ts";
import { t } from "./strings.ts";

/** What a user is licensed for (configuration guide, "Prerequisites"). */
export function LicenseSection({ model, user }: { model: PersonLicense; user: User }) {
	useUnsaved(() => model.changed.peek().length > 0);
	const seeing = useLack(inDivision(needs.viewLicenses, user.division?.id));
	const changing = useLack(inDivision(needs.giveRole, user.division?.id));
	return (
		<Section title={t("license")} hint={t("licenseHint")}>
			<Lack lack={seeing ?? changing} what={seeing ? "Seeing" : "Changing"} />
			{!seeing && (
				<Load from={model.own}>
					{() => <LicenseForm model={model} name={user.name} mayChange={changing === undefined} />}
				</Load>
			)}
		</Section>
	);
}

function LicenseForm(props: { model: PersonLicense; name: string; mayChange: boolean }) {
	const { model, name, mayChange } = props;
	const save = async () => {
		if (await model.save()) tell(t("licenseSaved", { name }));
	};
	return (
		<Form onSend={() => void save()}>
			<Select
				label={t("license")}
				labelHidden
				value={model.chosen.value}
				options={[
					{ value: "", text: t("licenseNone") },
					...licenses.map(({ id, description }) => ({ value: id, text: description })),
				]}
				disabled={!mayChange || model.saving.busy.value}
				onChange={(value) => model.choose(value as LicenseChoice)}
			/>
			{model.closesPanel.value && <Banner tone="warn">{t("licenseCloses", { name })}</Banner>}
			<Failure error={model.saving.error.value} />
			{mayChange && <SaveButton details={model} />}
		</Form>
	);
}
