import { Button } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { SearchedRows } from "../../shell/searched-rows.tsx";
import { useAddress } from "../../shell/use-address.ts";
import { type Contact, contactNameOf, reachedOf } from "./contact-form.ts";
import type { ContactsModel } from "./contact-model.ts";
import { t as texts } from "./import-strings.ts";
import { t } from "./strings.ts";

/** All external contacts, a page at a time, searched on the server. */
export function ContactsScreen({ model: { contacts, mayImport } }: { model: ContactsModel }) {
	useAddress(contacts);
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addExternalContact}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-contact" })}
		>
			<div class="ui-stack">
				{mayImport && (
					<div class="form-actions">
						<Button onClick={() => goTo({ screen: "contacts-import" })}>{texts("import")}</Button>
					</div>
				)}
				<SearchedRows
					list={contacts}
					label={t("search")}
					none={t("none")}
					row={(contact) => <Row key={contact.id} contact={contact} />}
				/>
			</div>
		</ListScreen>
	);
}

function Row({ contact }: { contact: Contact }) {
	const about = [contact.title, contact.externalOrganization?.name, reachedOf(contact)].filter(Boolean).join(", ");
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "contact", id: contact.id })}>
					<bdi>{contactNameOf(contact)}</bdi>
				</a>
				<span class="ui-muted">
					<bdi>{about}</bdi>
				</span>
			</div>
		</li>
	);
}
