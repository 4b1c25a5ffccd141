import { type LicenseId, licenses } from "@inlay/contract/licenses";
import { Select } from "@inlay/ui";
import { inDivision, needs } from "../../session/needs.ts";
import type { User } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Section } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import type { PersonLicense } from "./person-license.ts";
import { t } from "./strings.ts";

/** What a user is licensed for (configuration guide, "Prerequisites"). */
export function LicenseSection({ model, user }: { model: PersonLicense; user: User }) {
	const seeing = useLack(inDivision(needs.viewLicenses, user.division?.id));
	const changing = useLack(inDivision(needs.giveRole, user.division?.id));
	const set = async (value: string) => {
		if (await model.set(value === "" ? undefined : (value as LicenseId))) tell(t("licenseSaved", { name: user.name }));
	};
	return (
		<Section title={t("license")} hint={t("licenseHint")}>
			<Lack lack={seeing ?? changing} what={seeing ? "Seeing" : "Changing"} />
			<Failure error={model.saving.error.value} />
			{!seeing && (
				<Load from={model.own}>
					{(own) => (
						<Select
							label={t("license")}
							labelHidden
							value={own ?? ""}
							options={[
								{ value: "", text: t("licenseNone") },
								...licenses.map(({ id, description }) => ({ value: id, text: description })),
							]}
							disabled={changing !== undefined || model.saving.busy.value}
							onChange={(value) => void set(value)}
						/>
					)}
				</Load>
			)}
		</Section>
	);
}
