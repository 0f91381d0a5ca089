import { MODULES } from '../../sandbox/modules/modules.cts';

/** The fields that public descriptions of the API give these modules, besides those of every record. */
const DESCRIBED: Record<string, string> = {
	Account: `currency currency_id exchange_rate name default_pricebook default_pricebook_id member_of parent_id
		account_type industry annual_revenue phone_fax phone_fax__raw billing_address_street billing_address_city
		billing_address_state billing_address_postalcode billing_address_country billing_address_statecode
		billing_address_countrycode description rating phone_office phone_office__raw phone_alternate
		phone_alternate__raw email1 email2 website ownership employees sic_code ticker_symbol shipping_address_street
		shipping_address_city shipping_address_state shipping_address_postalcode shipping_address_country
		shipping_address_statecode shipping_address_countrycode is_supplier account_popups account_popup sales_popup
		service_popup balance balance_payable credit_limit credit_limit_usd purchase_credit_limit
		purchase_credit_limit_usd default_terms default_purchase_terms default_discount default_discount_id
		default_purchase_discount default_purchase_discount_id default_shipper default_shipper_id
		default_purchase_shipper default_purchase_shipper_id last_activity_date tax_information partner partner_id
		invalid_email email_opt_out temperature first_invoice first_invoice_id last_invoice last_invoice_id tax_code
		tax_code_id primary_contact primary_contact_id photo photo_filename photo_thumb invoice_as
		stripe_customer_id`,
	Lead: `name converted categories category category2 category3 category4 category5 category6 category7 category8
		category9 category10 temperature salutation first_name last_name title refered_by lead_source
		lead_source_description status status_description department reports_to reports_to_id do_not_call phone_home
		phone_home__raw phone_mobile phone_mobile__raw phone_work phone_work__raw phone_other phone_other__raw
		phone_fax phone_fax__raw skype_id email1 email2 email_opt_out email_opt_in email_opt_in_date website
		primary_address_street primary_address_city primary_address_state primary_address_postalcode
		primary_address_country primary_address_statecode primary_address_countrycode alt_address_street
		alt_address_city alt_address_state alt_address_postalcode alt_address_country alt_address_statecode
		alt_address_countrycode description account_name account_description contact contact_id account account_id
		opportunity opportunity_id campaign campaign_id portal_active portal_name portal_app invalid_email partner
		partner_id date_converted last_activity_date photo photo_filename photo_thumb consent_to_process
		livechat_activity mautic_id chat_activity personal_info_source`,
	aCase: `case_number effort_actual effort_actual_unit travel_time travel_time_unit arrival_time cust_req_no
		cust_contact cust_contact_id cust_phone_no cust_phone_no__raw date_closed date_billed vendor_rma_no
		vendor_svcreq_no contract contract_id asset asset_id asset_serial_no category type name account account_id
		status priority description resolution age default_booking_category default_booking_category_id
		last_activity_date inactivity_start_date inactivity_warn_date rating`,
};

const OF_EVERY_RECORD = `id deleted date_entered date_modified modified_user modified_user_id assigned_user
	assigned_user_id created_by_user created_by`;

const words = (text: string) => text.trim().split(/\s+/);
const fieldsOf = (model: string) =>
	MODULES.find((definition) => definition.model === model)!.fields;

it.each(Object.entries(DESCRIBED))('%s has every field that is described', (model, described) => {
	const names = [...words(described), ...words(OF_EVERY_RECORD)];
	expect(names.filter((name) => !(name in fieldsOf(model)))).toEqual([]);
	// Those that an administrator has added have no description.
	const others = Object.keys(fieldsOf(model)).filter((name) => !names.includes(name));
	expect(
		others.filter((name) => !/^(loyalty|newsletter|customer|annual_budget)/.test(name)),
	).toEqual([]);
});

it.each([
	['Account', 'name invalid_email email_opt_out'],
	['Lead', 'converted status'],
	['aCase', 'name status priority'],
])('%s requires what is described as required', (model, required) => {
	for (const name of words(required)) expect(fieldsOf(model)[name].required).toBe(true);
});

it.each(['Contact', 'Lead'])('%s marks data about a person', (model) => {
	const marked = Object.values(fieldsOf(model)).filter((field) => field.personal_info);
	expect(marked.map(({ name }) => name)).toEqual(
		expect.arrayContaining(['first_name', 'last_name', 'email1', 'phone_mobile']),
	);
});
