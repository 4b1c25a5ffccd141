import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { SearchedRows } from "../../shell/searched-rows.tsx";
import { useAddress } from "../../shell/use-address.ts";
import { displayOf } from "./contact-form.ts";
import type { ExternalOrganization } from "./organization-form.ts";
import type { OrganizationsModel } from "./organization-model.ts";
import { t } from "./organization-strings.ts";

/** All organizations outside, a page at a time, searched on the server. */
export function OrganizationsScreen({ model: { organizations } }: { model: OrganizationsModel }) {
	useAddress(organizations);
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addOrganization}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-organization" })}
		>
			<div class="ui-stack">
				<SearchedRows
					list={organizations}
					label={t("search")}
					none={t("nothing")}
					row={(one) => <Row key={one.id} organization={one} />}
				/>
			</div>
		</ListScreen>
	);
}

function Row({ organization: { id, name, industry, address, phoneNumber } }: { organization: ExternalOrganization }) {
	const about = [industry, address?.city, displayOf(phoneNumber)].filter(Boolean).join(", ");
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "organization", id })}>
					<bdi>{name}</bdi>
				</a>
				<span class="ui-muted">
					<bdi>{about}</bdi>
				</span>
			</div>
		</li>
	);
}
