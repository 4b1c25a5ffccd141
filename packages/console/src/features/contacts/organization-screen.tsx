import { TextArea, TextField } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import type { Paged } from "../../session/paged.ts";
import { refusedFor } from "../../shell/failure.ts";
import { Pager, Search } from "../../shell/pager.tsx";
import { Load, Section } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { type Contact, contactNameOf, reachedOf } from "./contact-form.ts";
import {
	aboutFields,
	addressFields,
	lineFields,
	numberFields,
	type OrganizationField,
	type OrganizationForm,
} from "./organization-form.ts";
import type { OrganizationModel } from "./organization-model.ts";
import { t } from "./organization-strings.ts";

interface Parts {
	model: OrganizationModel;
	form: OrganizationForm;
}

const isAddress = (field: OrganizationField) => addressFields.some((one) => one === field);

/** As the API names it. */
const apiName = (field: OrganizationField) => (isAddress(field) ? `address.${field}` : field);

const all: readonly OrganizationField[] = [
	...(["name", "employeeCount"] as const),
	...aboutFields,
	...numberFields,
	...addressFields,
	...lineFields,
];

/** One organization outside, new or existing. */
export function OrganizationScreen({ model }: { model: OrganizationModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={({ name }) => name}
			list={{ screen: "organizations" }}
			page={(id) => ({ screen: "organization", id })}
			beside={all.map(apiName)}
			conflictOf={(field, mine, theirs) => ({
				name: t(field),
				values: { mine: mine[field], theirs: theirs[field] },
			})}
			below={!model.isNew && model.contacts && <Contacts contacts={model.contacts} />}
		>
			{(form) => (
				<>
					<Section title={t("organization")}>
						<Line model={model} form={form} field="name" problem={t("nameProblem")} />
						<Line model={model} form={form} field="industry" />
						<Line model={model} form={form} field="companyType" />
						<Line model={model} form={form} field="employeeCount" problem={t("countProblem")} />
						<Lines model={model} form={form} field="tags" />
					</Section>
					<Section title={t("reached")}>
						{numberFields.map((field) => (
							<Line key={field} model={model} form={form} field={field} />
						))}
						<Lines model={model} form={form} field="websites" />
						<Line model={model} form={form} field="externalSystemUrl" />
					</Section>
					<Section title={t("address")}>
						{addressFields.map((field) => (
							<Line key={field} model={model} form={form} field={field} />
						))}
					</Section>
				</>
			)}
		</ThingScreen>
	);
}

/** @param problem what is said where the field cannot be sent as it is */
function Line({ model, form, field, problem }: Parts & { field: OrganizationField; problem?: string }) {
	const { details } = model;
	const isWrong = problem !== undefined && model.isWrong(field);
	return (
		<TextField
			label={t(field)}
			value={form[field]}
			error={isWrong ? problem : refusedFor(details.saving.error.value, apiName(field))}
			onInput={(text) => details.change({ [field]: text })}
		/>
	);
}

function Lines({ model, form, field }: Parts & { field: (typeof lineFields)[number] }) {
	const { details } = model;
	return (
		<TextArea
			label={t(field)}
			hint={t("onePerLine")}
			value={form[field]}
			rows={2}
			error={refusedFor(details.saving.error.value, field)}
			onInput={(text) => details.change({ [field]: text })}
		/>
	);
}

/** Who is known there, a page at a time. */
function Contacts({ contacts }: { contacts: Paged<Contact> }) {
	useEffect(() => void contacts.slice.load(), [contacts]);
	return (
		<Section title={t("contacts")}>
			<Search list={contacts} label={t("searchContacts")} />
			<Load from={contacts.slice}>
				{({ entities }) =>
					entities.length === 0 ? (
						<p class="ui-muted" role="status">
							{t("nobody")}
						</p>
					) : (
						<ul class="rows">
							{entities.map((contact) => (
								<li key={contact.id}>
									<div class="row-main">
										<a href={hrefOf({ screen: "contact", id: contact.id })}>
											<bdi>{contactNameOf(contact)}</bdi>
										</a>
										<span class="ui-muted">
											<bdi>{[contact.title, reachedOf(contact)].filter(Boolean).join(", ")}</bdi>
										</span>
									</div>
								</li>
							))}
						</ul>
					)
				}
			</Load>
			<Pager list={contacts} />
		</Section>
	);
}
