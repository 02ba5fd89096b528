/** Names of events that are not the Spec's, and the name that is. */
export type NameTable = ReadonlyMap<string, string>

/** For each right name the older or turned-round forms of it that libraries still take for it. */
const LEGACY: Readonly<Record<string, string>> = {
  'Product List Viewed': 'Viewed Product Category, Product Category Viewed, Viewed Product List',
  'Promotion Viewed': 'Viewed Promotion',
  'Promotion Clicked': 'Clicked Promotion',
  'Product Clicked': 'Clicked Product',
  'Product Viewed': 'Viewed Product',
  'Product Added': 'Added Product',
  'Product Removed': 'Removed Product',
  'Checkout Started': 'Started Order, Started Checkout',
  'Checkout Step Viewed': 'Viewed Checkout Step',
  'Checkout Step Completed': 'Completed Checkout Step',
  'Order Updated': 'Updated Order',
  'Order Completed': 'Completed Order',
  Unsubscribed: 'Unsubscribe',
  'Product List Filtered': 'Filtered Product List',
  'Products Searched': 'Searched Products',
  'Cart Viewed': 'Viewed Cart',
  'Order Refunded': 'Refunded Order',
  'Order Cancelled': 'Cancelled Order',
  'Payment Info Entered': 'Entered Payment Info',
  'Coupon Entered': 'Entered Coupon',
  'Coupon Applied': 'Applied Coupon',
  'Coupon Denied': 'Denied Coupon',
  'Coupon Removed': 'Removed Coupon',
  'Product Shared': 'Shared Product',
  'Cart Shared': 'Shared Cart',
  'Product Reviewed': 'Reviewed Product',
  'Application Installed': 'Installed Application',
  'Application Updated': 'Updated Application',
  'Application Opened': 'Opened Application',
  'Application Backgrounded': 'Backgrounded Application',
  'Application Uninstalled': 'Uninstalled Application',
  'Application Crashed': 'Crashed Application',
  'Install Attributed': 'Attributed Install',
  'Deep Link Opened': 'Opened Deep Link',
  'Deep Link Clicked': 'Clicked Deep Link',
  'Push Notification Received': 'Received Push Notification',
  'Push Notification Tapped': 'Tapped Push Notification',
  'Push Notification Bounced': 'Bounced Push Notification',
  'Email Bounced': 'Bounced Email',
  'Email Delivered': 'Delivered Email',
  'Email Link Clicked': 'Clicked Email Link',
  'Email Opened': 'Opened Email',
  'Email Marked as Spam': 'Marked as Spam Email',
  'Live Chat Conversation Started': 'Started Live Chat Conversation',
  'Live Chat Conversation Ended': 'Ended Live Chat Conversation',
  'Live Chat Message Sent': 'Sent Live Chat Message',
  'Live Chat Message Received': 'Received Live Chat Message',
  'Video Playback Started': 'Started Video Playback',
  'Video Playback Paused': 'Paused Video Playback',
  'Video Playback Interrupted': 'Interrupted Video Playback',
  'Video Playback Resumed': 'Resumed Video Playback',
  'Video Playback Completed': 'Completed Video Playback',
  'Video Playback Exited': 'Exited Video Playback',
  'Video Playback Buffer Started': 'Started Video Playback Buffer',
  'Video Playback Buffer Completed': 'Completed Video Playback Buffer',
  'Video Playback Seek Started': 'Started Video Playback Seek',
  'Video Playback Seek Completed': 'Completed Video Playback Seek',
  'Video Content Started': 'Started Video Content',
  'Video Content Playing': 'Playing Video Content',
  'Video Content Completed': 'Completed Video Content',
  'Video Ad Started': 'Started Video Ad',
  'Video Ad Playing': 'Playing Video Ad',
  'Video Ad Completed': 'Completed Video Ad',
  'Video Ad Clicked': 'Clicked Video Ad',
  'Video Ad Skipped': 'Skipped Video Ad',
  'Product Added to Wishlist': 'Added to Wishlist Product',
  'Product Removed from Wishlist': 'Removed from Wishlist Product',
  'Wishlist Product Added to Cart':
    'Product Added to Cart from Wishlist, Product Added from Wishlist to Cart, Added to Cart Wishlist Product',
}

/** For each right name what tools send in its place, and nothing takes for it. */
const NEAR: Readonly<Record<string, string>> = {
  'Order Completed':
    'Purchased, Purchase Completed, Order Placed, Order Complete, Transaction Completed, Transaction, Checkout Completed, Item Purchased, Purchased an Item, Order Confirmed, ecommerce_purchase',
  'Product Added': 'Add to Cart, Added to Cart, Product Added to Cart, Item Added, Added Item, add_to_cart, Cart Add',
  'Product Removed': 'Remove from Cart, Removed from Cart, Product Removed from Cart, remove_from_cart',
  'Product Viewed': 'View Item, Product Page Viewed, Product Detail Viewed, Product View, view_item, View Content',
  'Product List Viewed': 'Category Viewed, Viewed Category, Collection Viewed, view_item_list',
  'Products Searched': 'Product Searched, Search, Searched, Site Search',
  'Cart Viewed': 'View Cart, Cart Opened, view_cart',
  'Checkout Started': 'Checkout, Begin Checkout, Initiate Checkout, Checkout Initiated, Order Started, begin_checkout',
  'Payment Info Entered': 'Payment Info Added, Added Payment Info, Add Payment Info, add_payment_info',
  'Order Cancelled': 'Order Canceled, Canceled Order',
  'Order Refunded': 'Refund, Refunded, Order Refund',
  'Product Added to Wishlist': 'Add to Wishlist, Added to Wishlist, Wishlist Product Added',
  'Promotion Viewed': 'View Promotion, Banner Viewed',
  'Promotion Clicked': 'Select Promotion, Banner Clicked',
  'Application Installed': 'App Installed, App Install, First Open, Installed, Application Install',
  'Application Opened': 'App Opened, App Open, Session Started, App Launched, Application Started',
  'Application Updated': 'App Updated',
  'Application Backgrounded': 'App Backgrounded',
  'Application Foregrounded': 'App Foregrounded',
  'Application Uninstalled': 'App Uninstalled, Uninstall',
  'Application Crashed': 'App Crashed, Crash',
  'Push Notification Tapped': 'Push Notification Opened, Push Opened, Push Clicked, Push Tapped, Notification Opened',
  'Push Notification Received': 'Push Received, Push Delivered',
  'Push Notification Bounced': 'Push Bounced',
  'Install Attributed': 'Attribution, App Install Attributed',
  'Email Opened': 'Email Open, open, Opened',
  'Email Link Clicked': 'Email Clicked, Email Click, Clicked Email, Link Clicked, click',
  'Email Delivered': 'Email Sent, Email Delivery, delivered',
  'Email Bounced': 'Email Bounce, bounce',
  'Email Marked as Spam': 'Spam Report, Spam Complaint, Marked as Spam',
  Unsubscribed: 'Email Unsubscribed, User Unsubscribed',
  'Live Chat Conversation Started': 'Chat Started, Conversation Opened',
  'Live Chat Conversation Ended': 'Chat Ended, Conversation Closed',
  'Live Chat Message Sent': 'Chat Message Sent',
  'Live Chat Message Received': 'Chat Message Received',
  'Video Playback Started': 'Video Started, Video Play, Video Played, Video Start, Played Video',
  'Video Playback Paused': 'Video Paused, Video Pause',
  'Video Playback Completed': 'Video Completed, Video Finished, Video Watched, Video Ended',
  'Video Playback Resumed': 'Video Resumed',
  'Video Content Playing': 'Video Heartbeat, Video Progress',
  'Experiment Viewed': 'Viewed Experiment, Experiment Seen, Variation Viewed, Experiment Exposure, Experiment Started',
  'Signed Up': 'Sign Up, Signup, User Registered, Registered, Account Signup',
  'Signed In': 'Login, Logged In, User Logged In',
  'Signed Out': 'Logout, Logged Out',
  'Trial Started': 'Trial Start, Free Trial Started',
  'Trial Ended': 'Trial End, Trial Expired',
  'Invite Sent': 'Invitation Sent, User Invited',
  'Account Added User': 'User Added to Account',
  'Account Removed User': 'User Removed from Account',
}

/** For each right name what the rules for Stream partners call a ground for rejection. */
const REJECTED: Readonly<Record<string, string>> = {
  'Order Completed': 'Purchase',
  'Application Installed': 'Install',
}

/** Names that a page of the Spec takes beside its own. */
const ACCEPTED: readonly string[] = ['User Signed Up', 'User Signed In', 'User Signed Out']

export const LEGACY_NAMES: NameTable = tableOf(LEGACY)
export const NEAR_NAMES: NameTable = tableOf(NEAR)
export const REJECTED_NAMES: NameTable = tableOf(REJECTED)
export const ACCEPTED_NAMES: ReadonlySet<string> = new Set(ACCEPTED)

/** A name without case, spaces, hyphens and underscores: libraries take names with the same key for the same event. */
export function nameKey(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/g, '')
}

function tableOf(names: Readonly<Record<string, string>>): NameTable {
  return new Map(
    Object.entries(names).flatMap(([right, others]) =>
      others.split(', ').map((other) => [nameKey(other), right] as const),
    ),
  )
}
