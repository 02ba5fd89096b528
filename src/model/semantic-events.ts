/** What a property of a semantic event holds. `date`: text in ISO 8601. */
export type PropertyType =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'object'
  | 'array'
  | 'array<string>'
  | 'object<boolean>'
  | 'string|object'
  | 'string|number'
  | 'string|array<string>'

/** One property that the Spec lists: it may be left out. */
export interface Property {
  /** Where it stands, from `properties` (or, with `context` first, from the event): `products[]` is each element of an array. */
  readonly path: readonly string[]
  readonly type: PropertyType
  readonly nullable: boolean
}

/** An event that a page of the Spec names. */
export interface SemanticEvent {
  readonly spec: string
  readonly name: string
  readonly properties: readonly Property[]
}

const PRODUCT = 'product_id sku category name brand variant price:n quantity:n coupon position:n url image_url'
const PRODUCTS = `products:a ${PRODUCT.replaceAll(/\S+/g, 'products[].$&')}`
const MONEY = `order_id affiliation revenue:n shipping:n tax:n discount:n coupon currency ${PRODUCTS}`
const STEP = 'checkout_id step:n shipping_method payment_method'
const COUPON = 'order_id cart_id coupon_id coupon_name'
const WISHLIST = `${PRODUCT} wishlist_id wishlist_name`
const V1_PRODUCT = 'id sku name price:n category'
const ACCOUNT = 'context.groupId'
const TRIAL = `trial_start_date:d trial_end_date:d trial_plan_name ${ACCOUNT}`
const EMAIL = 'email_id email_subject campaign_id campaign_name context.traits:o context.traits.email'
const READ = `${EMAIL} context.user_agent context.ip`
const CHAT = 'agent_id agent_name agent_username conversation_id conversation_duration:n message_id message_body'
const CAMPAIGN = 'campaign.source campaign.name campaign.medium campaign.content'
const TURN = 'conversationId messageId'
const PLAYER =
  'position:i total_length:i? bitrate:i framerate:n video_player sound:i full_screen:b ad_enabled:b quality livestream:b'
const PLAYBACK = `session_id content_asset_id content_pod_id ad_asset_id? ad_pod_id? ad_type? ${PLAYER}`
const PLAYBACK_START = `session_id content_asset_ids:as content_pod_ids:as ad_asset_id:sas? ad_pod_id:sas? ad_type:sas? ${PLAYER}`
const CONTENT =
  'session_id asset_id pod_id title description keywords:as season episode genre program publisher position:i ' +
  'total_length:i? channel full_episode:b livestream:b airdate:d bitrate:i framerate:n'
const AD =
  'session_id asset_id pod_id pod_position:i pod_length:i type title publisher position:i total_length:i load_type content:o'

/** By spec and name: the properties in words, each `name`, `name:type` and `?` where it may be null; text unless it says otherwise. */
const SPECS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ecommerce: {
    'Products Searched': 'query:so',
    'Product List Viewed': `list_id category ${PRODUCTS}`,
    'Product List Filtered': `list_id category filters:a filters[].type filters[].value sorts:a sorts[].type sorts[].value ${PRODUCTS}`,
    'Promotion Viewed': 'promotion_id creative name position',
    'Promotion Clicked': 'promotion_id creative name position',
    'Product Clicked': PRODUCT,
    'Product Viewed': `${PRODUCT} currency value:n`,
    'Product Added': `${PRODUCT} cart_id`,
    'Product Removed': `${PRODUCT} cart_id`,
    'Cart Viewed': `cart_id ${PRODUCTS}`,
    'Checkout Started': `${MONEY} value:n`,
    'Checkout Step Viewed': STEP,
    'Checkout Step Completed': STEP,
    'Payment Info Entered': `${STEP} order_id`,
    'Order Updated': `${MONEY} total:n`,
    'Order Completed': `${MONEY} checkout_id subtotal:n total:n`,
    'Order Refunded': `order_id total:n currency ${PRODUCTS}`,
    'Order Cancelled': `${MONEY} total:n`,
    'Coupon Entered': 'order_id cart_id coupon_id',
    'Coupon Applied': `${COUPON} discount:n`,
    'Coupon Denied': `${COUPON} reason coupon`,
    'Coupon Removed': `${COUPON} discount:n`,
    'Product Added to Wishlist': WISHLIST,
    'Product Removed from Wishlist': WISHLIST,
    'Wishlist Product Added to Cart': `${WISHLIST} cart_id`,
    'Product Shared':
      'share_via share_message recipient product_id sku category name brand variant price:n url image_url',
    'Cart Shared': 'share_via share_message recipient cart_id products:a products[].product_id',
    'Product Reviewed': 'product_id review_id review_body rating:sn',
  },
  'ecommerce-v1': {
    'Viewed Product Category': 'category',
    'Viewed Product': V1_PRODUCT,
    'Added Product': `${V1_PRODUCT} quantity:n`,
    'Removed Product': `${V1_PRODUCT} quantity:n`,
    'Completed Order':
      'orderId total:n revenue:n shipping:n tax:n discount:n coupon currency products:a products[].id products[].sku ' +
      'products[].name products[].price:n products[].quantity:n products[].category',
  },
  'b2b-saas': {
    'Account Created': `account_name ${ACCOUNT}`,
    'Account Deleted': `account_name ${ACCOUNT}`,
    'Signed Up': `type first_name last_name email phone username title ${ACCOUNT}`,
    'Signed In': `username ${ACCOUNT}`,
    'Signed Out': `username ${ACCOUNT}`,
    'Invite Sent': `invitee_email invitee_first_name invitee_last_name invitee_role ${ACCOUNT}`,
    'Account Added User': `role ${ACCOUNT}`,
    'Account Removed User': ACCOUNT,
    'Trial Started': TRIAL,
    'Trial Ended': TRIAL,
  },
  email: {
    'Email Bounced': EMAIL,
    'Email Delivered': EMAIL,
    'Email Link Clicked': `${READ} link_id link_url`,
    'Email Marked as Spam': READ,
    'Email Opened': READ,
    Unsubscribed: `${READ} list_id list_name`,
  },
  'live-chat': {
    'Live Chat Conversation Started': CHAT,
    'Live Chat Conversation Ended': CHAT,
    'Live Chat Message Sent': CHAT,
    'Live Chat Message Received': CHAT,
  },
  'ab-testing': { 'Experiment Viewed': 'experiment_id experiment_name variation_id variation_name' },
  mobile: {
    'Application Installed': 'version build',
    'Application Opened': 'from_background:b url referring_application version build',
    'Application Backgrounded': '',
    'Application Foregrounded': '',
    'Application Updated': 'previous_version previous_build version build',
    'Application Uninstalled': '',
    'Application Crashed': '',
    'Install Attributed': `provider ${CAMPAIGN} campaign.ad_creative campaign.ad_group`,
    'Push Notification Received': CAMPAIGN,
    'Push Notification Tapped': `action ${CAMPAIGN}`,
    'Push Notification Bounced': `action ${CAMPAIGN}`,
    'Deep Link Opened': 'provider url',
    'Deep Link Clicked': 'provider url',
  },
  'ai-copilot': {
    'Conversation Started': 'conversationId',
    'Message Sent': `${TURN} message_body role`,
    'Message Received': `${TURN} message_body role`,
    'Conversation Ended': 'conversationId message_count:n',
    'Action Invoked': `${TURN} type action role`,
    'Media Generated': `${TURN} type sub_type role`,
    'Component Loaded': `${TURN} type`,
    'Feedback Submitted': `${TURN} rating:n`,
  },
  video: {
    'Video Playback Started': PLAYBACK_START,
    'Video Playback Paused': PLAYBACK,
    'Video Playback Interrupted': `${PLAYBACK} method`,
    'Video Playback Buffer Started': PLAYBACK,
    'Video Playback Buffer Completed': PLAYBACK,
    'Video Playback Seek Started': `${PLAYBACK} seek_position:i`,
    'Video Playback Seek Completed': PLAYBACK,
    'Video Playback Resumed': PLAYBACK,
    'Video Playback Completed': PLAYBACK,
    'Video Playback Exited': PLAYBACK,
    'Video Content Started': CONTENT,
    'Video Content Playing': CONTENT,
    'Video Content Completed': CONTENT,
    'Video Ad Started': AD,
    'Video Ad Playing': `${AD} quartile:i`,
    'Video Ad Completed': AD,
    'Video Ad Clicked': AD,
    'Video Ad Skipped': AD,
    'Video Quality Updated': 'bitrate:i framerate:n startupTime:n droppedFrames:n',
  },
  consent: {
    'Segment Consent Preference Updated':
      'context.consent.categoryPreferences:ob context.consent.version:n context.device.advertisingId',
  },
}

const TYPES: Readonly<Record<string, PropertyType>> = {
  n: 'number',
  i: 'integer',
  b: 'boolean',
  d: 'date',
  o: 'object',
  a: 'array',
  as: 'array<string>',
  ob: 'object<boolean>',
  so: 'string|object',
  sn: 'string|number',
  sas: 'string|array<string>',
}

/** Every event of the semantic specs, by name; those of the first e-commerce spec (`ecommerce-v1`) are outdated names. */
export const SEMANTIC_EVENTS: ReadonlyMap<string, SemanticEvent> = new Map(
  Object.entries(SPECS).flatMap(([spec, events]) =>
    Object.entries(events).map(([name, words]) => [name, { spec, name, properties: propertiesOf(words) }] as const),
  ),
)

/** `total_length:i? quality` */
export function propertiesOf(words: string): Property[] {
  return words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [name = '', type = ''] = word.replace('?', '').split(':')
      return { path: name.split('.'), type: TYPES[type] ?? 'string', nullable: word.endsWith('?') }
    })
}
