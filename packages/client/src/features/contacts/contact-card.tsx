import "./contacts.css";
import { Button, Icon, TextField } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { nameOf, phonesOf, type WireContact } from "../../shell/external-contacts.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { ContactModel, contactIdOf } from "./contact-model.ts";
import { t } from "./strings.ts";

interface Props {
	workspace: Workspace;
	call: LiveInteraction;
	model: ContactModel;
}

/** Who the customer is; whoever may says so. */
export function ContactCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const model = useModel(() => new ContactModel(workspace), call.id);
	const id = contactIdOf(call);
	useEffect(() => void model.follow(id), [model, id]);
	useAgainWhenBack(workspace, model.why.value, () => model.load());
	return (
		<section class="contact" aria-label={t("contact")} data-contact={id ?? ""}>
			{id === undefined ? <Unknown {...{ workspace, call, model }} /> : <Known {...{ workspace, call, model }} />}
			{model.refused.value && (
				<p class="ui-error" role="alert">
					{model.refused.value}
				</p>
			)}
		</section>
	);
}

function Known({ workspace, call, model }: Props) {
	const contact = model.contact.value;
	const state = model.state.value;
	return (
		<div class="contact-row">
			<Icon name="user" size={16} />
			<span class="ui-grow">
				{contact && <Details contact={contact} />}
				{state !== "ready" && <span class="ui-muted">{t(state)}</span>}
			</span>
			{/* Who is not named yet is not denied. */}
			{(contact || state !== "ready") && model.may("conversation", "associate") && (
				<Button
					size="small"
					busy={workspace.busy.value.has(model.busyKey(call))}
					data-unlink
					onClick={() => void model.associate(call)}
				>
					{t("unlink")}
				</Button>
			)}
		</div>
	);
}

function Details({ contact }: { contact: WireContact }) {
	const about = [contact.title, contact.externalOrganization?.name].filter(Boolean).join(" · ");
	return (
		<>
			<strong>
				<bdi>{nameOf(contact)}</bdi>
			</strong>
			{about && <span class="ui-muted contact-about">{about}</span>}
			{contact.externalSystemUrl && (
				<a href={contact.externalSystemUrl} target="_blank" rel="noopener noreferrer">
					{t("page")}
				</a>
			)}
		</>
	);
}

function Unknown({ workspace, call, model }: Props) {
	const doing = model.doing.value;
	if (doing === "finding") return <Finding {...{ workspace, call, model }} />;
	if (doing === "making") return <Making {...{ workspace, call, model }} />;
	const mayLink = model.may("conversation", "associate");
	return (
		<div class="contact-row">
			<Icon name="user" size={16} />
			<span class="ui-grow ui-muted">{t("nobody")}</span>
			{mayLink && (
				<Button
					size="small"
					data-find-contact
					onClick={() => {
						model.doing.value = "finding";
					}}
				>
					{t("find")}
				</Button>
			)}
			{mayLink && model.may("contact", "add") && (
				<Button
					size="small"
					data-new-contact
					onClick={() => {
						model.doing.value = "making";
					}}
				>
					{t("create")}
				</Button>
			)}
		</div>
	);
}

function Finding({ workspace, call, model }: Props) {
	const found = model.found.value;
	return (
		<div class="ui-stack">
			<TextField
				label={t("search")}
				type="search"
				name="contact"
				value={model.text.value}
				onInput={(text) => model.input(text)}
			/>
			<div aria-live="polite">
				{found?.length === 0 && <p class="ui-hint">{t("none")}</p>}
				<ul class="targets">
					{found?.map((contact) => (
						<li key={contact.id}>
							<button
								type="button"
								class="target"
								data-link={contact.id}
								aria-label={t("link", { name: nameOf(contact) })}
								onClick={() => void model.associate(call, contact.id)}
							>
								<span class="ui-grow">
									<strong>
										<bdi>{nameOf(contact)}</bdi>
									</strong>{" "}
									<span class="ui-muted">
										{[
											contact.externalOrganization?.name,
											...phonesOf(contact).map((one) => workspace.numbers.show(one)),
										]
											.filter(Boolean)
											.join(" · ")}
									</span>
								</span>
							</button>
						</li>
					))}
				</ul>
			</div>
			<Button size="small" onClick={() => model.close()}>
				{t("cancel")}
			</Button>
		</div>
	);
}

function Making({ workspace, call, model }: Props) {
	const isEmpty = `${model.firstName.value}${model.lastName.value}`.trim() === "";
	return (
		<form
			class="ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				if (!isEmpty) void model.make(call);
			}}
		>
			<TextField
				label={t("firstName")}
				name="firstName"
				value={model.firstName.value}
				onInput={(text) => {
					model.firstName.value = text;
				}}
			/>
			<TextField
				label={t("lastName")}
				name="lastName"
				value={model.lastName.value}
				hint={<bdi>{workspace.numbers.show(call.remoteAddress)}</bdi>}
				onInput={(text) => {
					model.lastName.value = text;
				}}
			/>
			<div class="ui-row">
				<Button
					kind="primary"
					type="submit"
					size="small"
					disabled={isEmpty}
					busy={workspace.busy.value.has(model.busyKey(call))}
				>
					{t("save")}
				</Button>
				<Button size="small" onClick={() => model.close()}>
					{t("cancel")}
				</Button>
			</div>
		</form>
	);
}
