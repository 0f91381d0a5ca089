export const FIRST_NAMES = [
	...['Ada', 'Björn', 'Chiara', 'Dilan', 'Elif', 'Farid', 'Greta', 'Henrik', 'Ines', 'Jonas'],
	...['Karolina', 'Lars', 'Marta', 'Nils', 'Olivia', 'Pavel', 'Rosa', 'Stefan', 'Tamara', 'Ulla'],
	...['Viktor', 'Wanda', 'Yusuf', 'Zoë'],
];

export const LAST_NAMES = [
	...['Almeida', 'Berger', 'Castellan', 'Dvorak', 'Eklund', 'Ferrante', 'Grünwald', 'Hollis'],
	...['Ivarsson', 'Janssen', 'Kowalczyk', 'Lindqvist', 'Moreau', 'Novak', "O'Rourke", 'Petrov'],
	...['Quint', 'Rossi', 'Sørensen', 'Tanaka', 'Ueda', 'Vermeer', 'Weiss', 'Zeller'],
];

export const COMPANY_WORDS = [
	...['Alder', 'Birch', 'Copper', 'Delta', 'Ember', 'Fjord', 'Granite', 'Harbour', 'Island'],
	...['Juniper', 'Kestrel', 'Lantern', 'Meridian', 'Northwind', 'Orchard', 'Pebble', 'Quarry'],
	...['Ridge', 'Summit', 'Timber'],
];

export const COMPANY_KINDS = ['Foods', 'Logistics', 'Machines', 'Media', 'Systems', 'Textiles'];

export const COMPANY_FORMS = ['GmbH', 'Inc.', 'Ltd.', 'B.V.', '& Sons'];

/** City, postal code and country that belong together. */
export const CITIES = [
	['Berlin', '10115', 'Germany'],
	['Bristol', 'BS1 4ST', 'United Kingdom'],
	['Lyon', '69002', 'France'],
	['Malmö', '211 19', 'Sweden'],
	['Portland', '97205', 'USA'],
	['San Jose', '95113', 'USA'],
	['Toronto', 'M5H 2N2', 'Canada'],
	['Zürich', '8001', 'Switzerland'],
] as const;

export const STREETS = [
	'Hill Road',
	'Market Street',
	'Mill Lane',
	'Station Square',
	'Water Street',
];

export const JOB_TITLES = [
	'Accountant',
	'Buyer',
	'Head of Sales',
	'Managing Director',
	'Office Manager',
	'Production Manager',
];

export const PRODUCT_NAMES = [
	'Bearing Set',
	'Conveyor Belt',
	'Drive Unit',
	'Filter Cartridge',
	'Hydraulic Pump',
	'LED Panel',
	'Packing Table',
	'Safety Gate',
	'Sensor Kit',
	'Shelf System',
];

export const TASK_SUBJECTS = [
	'Call back about the offer',
	'Check delivery date',
	'Prepare presentation',
	'Send samples',
	'Update price list',
];

export const CASE_SUBJECTS = [
	'Delivery incomplete',
	'Invoice address wrong',
	'Login does not work',
	'Machine stops without reason',
	'Question about warranty',
];
