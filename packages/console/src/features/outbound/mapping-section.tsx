import { Select } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type MappingForm, type MappingModel, otherwise, unsaid } from "./mapping-model.ts";
import { type OutboundKey, t } from "./strings.ts";

const meanings: ReadonlyArray<{ value: string; text: OutboundKey }> = [
	{ value: "", text: "meansNothing" },
	{ value: "Right_Party_Contact", text: "rightParty" },
	{ value: "Business_Success,Right_Party_Contact", text: "success" },
	{ value: "Contact_UnCallable", text: "contactUncallable" },
	{ value: "Number_UnCallable", text: "numberUncallable" },
];

/** What wrap-up codes mean for the contacts that were called. */
export function MappingSection({ model }: { model: MappingModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const lack = useLack(needs.editWrapupMapping);
	return (
		<Load from={model.loaded}>
			{() => (
				<EditedForm
					model={model}
					lack={lack}
					conflictOf={(code, mine, theirs) =>
						plainConflict(nameOf(model, String(code)), meaningOf(mine[code]), meaningOf(theirs[code]))
					}
					onSaved={() => tell(t("mappingSaved"))}
				>
					{(form) => (
						<Section title={t("mapping")} hint={t("mappingHint")}>
							{codesOf(model).map(({ id }) => (
								<Meaning key={id} model={model} form={form} code={id} />
							))}
							<Meaning model={model} form={form} code={otherwise} />
						</Section>
					)}
				</EditedForm>
			)}
		</Load>
	);
}

function Meaning({ model, form, code }: { model: MappingModel; form: MappingForm; code: string }) {
	const value = form[code] ?? unsaid;
	const known = meanings.map((one) => ({ value: one.value, text: t(one.text) }));
	const unusual = value === unsaid || meanings.some((one) => one.value === value) ? [] : [{ value, text: value }];
	const options = [...(code === otherwise ? [] : [{ value: unsaid, text: t("asOtherwise") }]), ...known, ...unusual];
	return (
		<Select
			label={nameOf(model, code)}
			value={value}
			options={options}
			onChange={(flags) => model.details.change({ [code]: flags })}
		/>
	);
}

function nameOf(model: MappingModel, code: string): string {
	if (code === otherwise) return t("otherwise");
	return codesOf(model).find((one) => one.id === code)?.name ?? code;
}

function codesOf(model: MappingModel) {
	return model.details.base.value?.codes ?? [];
}

function meaningOf(flags: string | undefined): string {
	const found = meanings.find((one) => one.value === flags);
	return found ? t(found.text) : flags === undefined || flags === unsaid ? t("asOtherwise") : flags;
}
