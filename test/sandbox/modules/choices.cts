import type { Choices } from './fields.cts';

export const CATEGORIES: Choices = [
	'Business',
	'Company Staff',
	'Customers',
	['Friends and Family', 'Friends & Family'],
	'Partners',
	'Personal Services',
	['Press and Analysts', 'Press & Analysts'],
	'Professional Advisors',
	'Restaurants',
	'Suppliers',
];

export const LEAD_SOURCES: Choices = [
	'Cold Call',
	'Existing Customer',
	'Self Generated',
	'Employee',
	'Partner',
	'Public Relations',
	'Direct Mail',
	'Conference',
	'Trade Show',
	'Web Site',
	'Customer Portal',
	'Word of mouth',
	'Email',
	'Other',
];

export const SALUTATIONS: Choices = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'];

export const INDUSTRIES: Choices = [
	'Banking',
	'Biotechnology',
	'Chemicals',
	'Construction',
	'Education',
	'Energy',
	'Food & Beverage',
	'Healthcare',
	'Hospitality',
	'Machinery',
	'Retail',
	'Technology',
	'Transportation',
	'Other',
];

export const PRIORITIES: Choices = [
	['P0', 'Urgent'],
	['P1', 'High'],
	['P2', 'Medium'],
	['P3', 'Low'],
];

/** Values as someone in the Module Designer might have typed them, awkward ones included. */
export const NEWSLETTER_TOPICS: Choices = [
	'Product News',
	['Offers & Discounts', 'Offers & discounts'],
	['Events, Fairs', 'Events and fairs'],
	'Partner Programme',
	'Tips',
];

export const LOYALTY_LEVELS: Choices = [
	['bronze', 'Bronze'],
	['silver', 'Silver'],
	['gold', 'Gold'],
	['platinum', 'Platinum (by invitation)'],
];
