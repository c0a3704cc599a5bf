mod counsel;
mod exchange;
mod kept;
mod officer;
mod stage;
mod worry;
