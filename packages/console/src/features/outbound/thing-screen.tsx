import { Load, Section } from "../../shell/parts.tsx";
import { ThingScreen, type ThingText } from "../../shell/thing-screen.tsx";
import { OneField } from "./field.tsx";
import { inWords } from "./in-words.ts";
import { placeOf } from "./kind-names.ts";
import { isShown, kinds } from "./kinds.ts";
import { Running } from "./running.tsx";
import { type OutboundKey, t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";
import { Numbers } from "./thing-parts.tsx";
import { Upload } from "./upload.tsx";
import { UsedBy } from "./used-by.tsx";

/** One campaign, contact list, DNC list, set of callable times or of attempt limits. */
export function OutboundThingScreen({ model }: { model: OutboundThingModel }) {
	const { kind } = model;
	const { title, fresh, fields } = kinds[kind];
	const text = (key: ThingText, params?: { name: string }) => {
		const own: Partial<Record<ThingText, OutboundKey>> = { title, addTitle: fresh, all: "title", created: "saved" };
		return t(own[key] ?? (key as OutboundKey), params);
	};
	return (
		<ThingScreen
			model={model}
			text={text}
			nameOf={(thing) => thing.name}
			list={{ screen: "outbound" }}
			page={(id) => ({ screen: "outbound-thing", id: placeOf(kind, id) })}
			conflictOf={(key, mine, theirs, base) => {
				const field = fields.find((one) => one.key === key);
				const nameOf = (of: string, id: string) => model.nameOf(of, id);
				const sides = { base: base[key] ?? "", mine: mine[key] ?? "", theirs: theirs[key] ?? "" };
				return { name: field ? t(field.label) : String(key), values: inWords(field, sides, nameOf) };
			}}
			beside={besideOf(model)}
			place={model.place}
			above={kind === "campaigns" && !model.isNew && <Running model={model} />}
			below={
				!model.isNew && (
					<>
						{kind === "contactlists" && <Upload model={model} />}
						{kind === "dnclists" && <Numbers model={model} />}
						{mayBeUsed(model) && <UsedBy model={model} />}
					</>
				)
			}
		>
			{(form) => (
				<Section title={t("settings")}>
					<Load from={model.choices}>
						{() =>
							fields
								.filter((field) => isShown(field, form))
								.map((field) => <OneField key={field.key} model={model} field={field} form={form} />)
						}
					</Load>
				</Section>
			)}
		</ThingScreen>
	);
}

/** Whether campaigns name things of its kind, and one may see campaigns. */
function mayBeUsed(model: OutboundThingModel): boolean {
	const isNamed = kinds.campaigns.fields.some((field) => "of" in field && field.of === model.kind);
	return isNamed && model.may(kinds.campaigns.view);
}

/** Fields whose refusals stand at them: those that the API names, whatever part of them it is. */
function besideOf(model: OutboundThingModel): string[] {
	const { fields = [] } = model.details.saving.error.value ?? {};
	const said = kinds[model.kind].fields.some(({ key }) => model.refusalOf(key) !== undefined);
	return said ? [...fields] : [];
}
