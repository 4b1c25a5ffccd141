import { TextField } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import type { Paged } from "../../session/paged.ts";
import { refusedFor } from "../../shell/failure.ts";
import { Pager } from "../../shell/pager.tsx";
import { Load, Section } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { useRights } from "../../shell/rights.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { type ContactForm, contactNameOf, mailFields, phoneFields, type textFields } from "./contact-form.ts";
import type { ContactModel, ContactNote } from "./contact-model.ts";
import { Merge } from "./merge-section.tsx";
import { t } from "./strings.ts";

interface Parts {
	model: ContactModel;
	form: ContactForm;
}

type Typed = (typeof textFields)[number] | (typeof phoneFields)[number];

const labels = (field: Typed) => t(field === "title" ? "jobTitle" : field);

/** One external contact, new or existing. */
export function ContactScreen({ model }: { model: ContactModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={contactNameOf}
			list={{ screen: "contacts" }}
			page={(id) => ({ screen: "contact", id })}
			beside={["firstName", "lastName", ...phoneFields, ...mailFields, "externalSystemUrl"]}
			conflictOf={(field, mine, theirs) => {
				if (field === "organization")
					return {
						name: t("organization"),
						values: { mine: mine.organization?.name ?? "", theirs: theirs.organization?.name ?? "" },
					};
				const name = field === "newOrganization" ? t(field) : labels(field);
				return { name, values: { mine: mine[field], theirs: theirs[field] } };
			}}
			below={<Below model={model} />}
		>
			{(form) => (
				<>
					<Section title={t("person")}>
						<Line model={model} form={form} field="firstName" />
						<Line model={model} form={form} field="lastName" />
						<Line model={model} form={form} field="title" />
						<Place model={model} form={form} />
					</Section>
					<Section title={t("reached")}>
						{phoneFields.map((field) => (
							<Line key={field} model={model} form={form} field={field} />
						))}
						{mailFields.map((field) => (
							<Line key={field} model={model} form={form} field={field} />
						))}
						<Line model={model} form={form} field="externalSystemUrl" />
					</Section>
				</>
			)}
		</ThingScreen>
	);
}

/** What belongs to a contact who is there, and is saved by itself. */
function Below({ model }: { model: ContactModel }) {
	const contact = model.details.base.value;
	if (model.isNew || !contact) return null;
	return (
		<>
			{model.notes && <Notes notes={model.notes} />}
			{model.merging && <Merge model={model.merging} contact={contact} />}
		</>
	);
}

function Line({ model, form, field }: Parts & { field: Typed }) {
	const { details } = model;
	const problem = field === "lastName" && model.isWrong("lastName") ? t("nobodyProblem") : undefined;
	return (
		<TextField
			label={labels(field)}
			value={form[field]}
			error={problem ?? refusedFor(details.saving.error.value, field)}
			onInput={(text) => details.change({ [field]: text })}
		/>
	);
}

function Place({ model, form }: Parts) {
	const seesOrganizations = useRights().may(needs.viewOrganizations);
	return (
		<>
			{seesOrganizations ? (
				<Picker
					list={model.organizations}
					label={t("organization")}
					searchLabel={t("organization")}
					none={t("noOrganization")}
					chosen={form.organization}
					textOf={({ name }) => name}
					onChoose={(one) => model.details.change({ organization: one && { id: one.id, name: one.name } })}
				/>
			) : (
				<TextField label={t("organization")} value={form.organization?.name ?? ""} disabled onInput={() => {}} />
			)}
			{model.mayMakeOrganization && (
				<TextField
					label={t("newOrganization")}
					value={form.newOrganization}
					onInput={(newOrganization) => model.details.change({ newOrganization })}
				/>
			)}
		</>
	);
}

function Notes({ notes }: { notes: Paged<ContactNote> }) {
	useEffect(() => void notes.slice.load(), [notes]);
	return (
		<Section title={t("notes")}>
			<Load from={notes.slice}>
				{({ entities }) =>
					entities.length === 0 ? (
						<p class="ui-muted">{t("noNotes")}</p>
					) : (
						<ul class="rows">
							{entities.map(({ id, noteText, createdBy }) => (
								<li key={id}>
									<div class="row-main">
										<span>{noteText}</span>
										<span class="ui-muted">{createdBy?.name}</span>
									</div>
								</li>
							))}
						</ul>
					)
				}
			</Load>
			<Pager list={notes} />
		</Section>
	);
}
